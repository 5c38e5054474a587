#pragma once

#include <string>
#include <string_view>
#include <vector>

// What a word is when corpora are cleaned and compared. Texts are valid UTF-8 unless said
// otherwise.
namespace rondo {

// True for letters of scripts written without spaces: kana, Han, Thai and their full-width kin.
bool is_unspaced_letter(char32_t letter);

// Runs of white space become one space; none at the ends; control characters count as space.
std::string normalise_spaces(std::string_view text);

// Joins two lines, of any bytes, of a wrapped paragraph: by a space, except between two unspaced
// letters.
void append_wrapped_line(std::string& paragraph, std::string_view line);

// Words between white space; two unspaced letters count as one word.
double count_words(std::string_view text);

// Lower-cased (ASCII) runs of letters and digits, single punctuation marks, single unspaced
// letters.
std::vector<std::string> comparable_words(std::string_view text);

}  // namespace rondo
