#pragma once

#include <string>
#include <string_view>

namespace rondo {

// How BLEU cuts a line into words. The names are sacreBLEU's.
enum class BleuTokenizer {
  v13a,   // "13a": mteval-v13a.pl, the WMT standard; ASCII punctuation only
  none,   // "none": words are what spaces separate
  chars,  // "char": every code point is a word
  intl,   // "intl": mteval-v14.pl; punctuation and symbols of all scripts
};

// Puts spaces between the words of line.
std::u32string tokenize_mteval(std::u32string_view line, BleuTokenizer tokenizer);

std::string_view tokenizer_name(BleuTokenizer tokenizer);

// Throws ConfigError that lists the names when there is none such.
BleuTokenizer tokenizer_by_name(std::string_view name);

}  // namespace rondo
