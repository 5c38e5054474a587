#pragma once

#include <string>
#include <string_view>

// The three substitutions that the mteval and Tercom tokenizers are written with.
namespace rondo {

enum class PairSpacing { around_first, around_second };

// Where first(a) and second(b) hold for neighbours a b, puts a space between them and another
// before a or after b. Pairs do not overlap: the search goes on behind b.
template <typename First, typename Second>
std::u32string space_pairs(std::u32string_view text, First first, Second second,
                           PairSpacing spacing) {
  std::u32string out;
  out.reserve(text.size() + text.size() / 4);
  for (size_t i = 0; i < text.size(); ++i) {
    if (i + 1 == text.size() || !first(text[i]) || !second(text[i + 1])) {
      out.push_back(text[i]);
      continue;
    }
    if (spacing == PairSpacing::around_first) out.push_back(U' ');
    out.append({text[i], U' ', text[i + 1]});
    if (spacing == PairSpacing::around_second) out.push_back(U' ');
    ++i;
  }
  return out;
}

// Puts a space before and after each code point for which matches(c) holds.
template <typename Matches>
std::u32string space_each(std::u32string_view text, Matches matches) {
  std::u32string out;
  out.reserve(text.size() + text.size() / 4);
  for (char32_t c : text) {
    if (matches(c)) {
      out.append({U' ', c, U' '});
    } else {
      out.push_back(c);
    }
  }
  return out;
}

void replace_all(std::u32string& text, std::u32string_view from, std::u32string_view to);

// &quot; &amp; &lt; &gt;, one after the other, so that &amp;lt; becomes <.
void unescape_xml(std::u32string& text);

// The part that 13a and Tercom share: ASCII punctuation stands alone, except full stops and commas
// inside numbers; a dash stands alone behind a digit.
std::u32string space_western_punctuation(std::u32string_view text);
std::u32string space_western_numbers(std::u32string_view text);

}  // namespace rondo
