#include <algorithm>
#include <array>
#include <utility>

#include "app/metrics/ter.h"
#include "app/metrics/text_rewriting.h"
#include "app/metrics/unicode_text.h"

namespace rondo {
namespace {

using Range = std::pair<char32_t, char32_t>;

template <size_t size>
bool is_in(const std::array<Range, size>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const Range& range) { return c >= range.first && c <= range.second; });
}

bool is_western_punctuation(char32_t c) {
  return std::u32string_view(U".,?:;!\"()").find(c) != std::u32string_view::npos;
}

// CJK and full-width full stops, commas, brackets.
bool is_asian_punctuation(char32_t c) {
  static constexpr std::array<Range, 11> kRanges{{{0x3001, 0x3002},
                                                  {0x3008, 0x3011},
                                                  {0x3014, 0x301F},
                                                  {0x30FB, 0x30FB},
                                                  {0xFF01, 0xFF02},
                                                  {0xFF08, 0xFF09},
                                                  {0xFF0C, 0xFF0C},
                                                  {0xFF0E, 0xFF0E},
                                                  {0xFF1A, 0xFF1B},
                                                  {0xFF1F, 0xFF1F},
                                                  {0xFF61, 0xFF65}}};
  return is_in(kRanges, c);
}

// Ideographs, radicals, strokes and enclosed letters, each a word. U+3200 to U+3F22 is as
// sacreBLEU has it. Kana are never split: its pattern for them needs a line of nothing else, and
// the line begins with a space by then.
bool is_asian_word(char32_t c) {
  static constexpr std::array<Range, 7> kRanges{{{0x2E80, 0x2EFF},
                                                 {0x31C0, 0x31EF},
                                                 {0x3200, 0x3F22},
                                                 {0x3400, 0x4DBF},
                                                 {0x4E00, 0x9FFF},
                                                 {0xF900, 0xFAFF},
                                                 {0xFE30, 0xFE4F}}};
  return is_in(kRanges, c);
}

std::u32string normalize_western(std::u32string text) {
  replace_all(text, U"\n-", U"");
  replace_all(text, U"\n", U" ");
  unescape_xml(text);
  text = space_western_punctuation(U" " + text + U" ");
  replace_all(text, U"'s ", U" 's ");
  return space_western_numbers(text);
}

}  // namespace

std::u32string normalize_tercom(std::u32string_view line, const TerOptions& options) {
  std::u32string text(strip_trailing_space(line));
  if (!options.case_sensitive) text = lowercase(text);
  if (options.normalized) {
    text = normalize_western(std::move(text));
    if (options.asian_support) {
      text =
          space_each(text, [](char32_t c) { return is_asian_word(c) || is_asian_punctuation(c); });
    }
  }
  if (options.no_punct) {
    std::erase_if(text, [&](char32_t c) {
      return is_western_punctuation(c) || (options.asian_support && is_asian_punctuation(c));
    });
  }
  return text;
}

}  // namespace rondo
