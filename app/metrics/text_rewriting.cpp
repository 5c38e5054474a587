#include "app/metrics/text_rewriting.h"

namespace rondo {
namespace {

bool is_ascii_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_no_ascii_digit(char32_t c) { return !is_ascii_digit(c); }
bool is_stop_or_comma(char32_t c) { return c == U'.' || c == U','; }
bool is_dash(char32_t c) { return c == U'-'; }

// ASCII punctuation but for ' , - . which depend on their neighbours.
bool always_stands_alone(char32_t c) {
  return (c >= U' ' && c <= U'&') || (c >= U'(' && c <= U'+') || c == U'/' ||
         (c >= U':' && c <= U'@') || (c >= U'[' && c <= U'`') || (c >= U'{' && c <= U'~');
}

}  // namespace

void replace_all(std::u32string& text, std::u32string_view from, std::u32string_view to) {
  for (size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

void unescape_xml(std::u32string& text) {
  if (text.find(U'&') == text.npos) return;
  replace_all(text, U"&quot;", U"\"");
  replace_all(text, U"&amp;", U"&");
  replace_all(text, U"&lt;", U"<");
  replace_all(text, U"&gt;", U">");
}

std::u32string space_western_punctuation(std::u32string_view text) {
  return space_each(text, always_stands_alone);
}

std::u32string space_western_numbers(std::u32string_view text) {
  std::u32string out =
      space_pairs(text, is_no_ascii_digit, is_stop_or_comma, PairSpacing::around_second);
  out = space_pairs(out, is_stop_or_comma, is_no_ascii_digit, PairSpacing::around_first);
  return space_pairs(out, is_ascii_digit, is_dash, PairSpacing::around_second);
}

}  // namespace rondo
