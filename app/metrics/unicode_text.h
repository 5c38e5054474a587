#pragma once

#include <string>
#include <string_view>
#include <vector>

// Text as Python's str sees it, since the published metrics are defined by Python programs.
namespace rondo {

// Invalid bytes become U+FFFD, one for each maximal part of a sequence (Unicode 3.9, as Python's
// errors="replace").
std::u32string decode_utf8(std::string_view bytes);
std::string encode_utf8(std::u32string_view text);

bool is_space(char32_t c);        // str.isspace: more than ASCII, e.g. U+00A0, U+2028, U+3000
bool is_punctuation(char32_t c);  // category P
bool is_symbol(char32_t c);       // category S
bool is_number(char32_t c);       // category N

// str.lower: one code point may become two, and a sigma that ends a word becomes a final one.
std::u32string lowercase(std::u32string_view text);

std::u32string_view strip_trailing_space(std::u32string_view text);

// The maximal runs without space; views into text.
std::vector<std::u32string_view> split_words(std::u32string_view text);

}  // namespace rondo
