#include "app/report/text_width.h"

#include <algorithm>
#include <array>

#include "app/metrics/unicode_text.h"

namespace rondo {
namespace {

struct Range {
  char32_t first = 0, last = 0;
};

// Of Unicode's combining marks and invisible characters those of living scripts.
constexpr std::array kMarks = std::to_array<Range>({{0x0300, 0x036F},
                                                    {0x0483, 0x0489},
                                                    {0x0591, 0x05BD},
                                                    {0x05BF, 0x05C7},
                                                    {0x0610, 0x061A},
                                                    {0x064B, 0x065F},
                                                    {0x0670, 0x0670},
                                                    {0x06D6, 0x06ED},
                                                    {0x0941, 0x0948},
                                                    {0x094D, 0x094D},
                                                    {0x0E31, 0x0E31},
                                                    {0x0E34, 0x0E3A},
                                                    {0x0E47, 0x0E4E},
                                                    {0x200B, 0x200F},
                                                    {0x202A, 0x202E},
                                                    {0x2060, 0x2064},
                                                    {0x20D0, 0x20FF},
                                                    {0xFE00, 0xFE0F},
                                                    {0xFEFF, 0xFEFF}});

// East Asian Width W and F (UAX 11), in blocks.
constexpr std::array kWide = std::to_array<Range>({{0x1100, 0x115F},
                                                   {0x2E80, 0x303E},
                                                   {0x3041, 0xA4CF},
                                                   {0xAC00, 0xD7A3},
                                                   {0xF900, 0xFAFF},
                                                   {0xFE30, 0xFE6F},
                                                   {0xFF00, 0xFF60},
                                                   {0xFFE0, 0xFFE6},
                                                   {0x1F300, 0x1F64F},
                                                   {0x1F900, 0x1F9FF},
                                                   {0x20000, 0x3FFFD}});

template <std::size_t size>
bool in(const std::array<Range, size>& ranges, char32_t c) {
  return std::ranges::any_of(
      ranges, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

std::size_t width_of(char32_t c) { return in(kMarks, c) ? 0 : is_wide(c) ? 2 : 1; }

std::size_t width_of(std::u32string_view text) {
  std::size_t columns = 0;
  for (const char32_t c : text) columns += width_of(c);
  return columns;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

std::string spaces(const std::string& text, std::size_t columns) {
  const std::size_t taken = text_width(text);
  return std::string(columns > taken ? columns - taken : 0, ' ');
}

}  // namespace

bool is_wide(char32_t c) { return in(kWide, c); }

std::size_t text_width(const std::string& text) { return width_of(decode_utf8(text)); }

std::string shortened(const std::string& text, std::size_t most) {
  std::u32string all = decode_utf8(text);
  std::replace_if(all.begin(), all.end(), is_control, U' ');
  if (width_of(all) <= most) return encode_utf8(all);
  while (!all.empty() && width_of(all) + 1 > most) all.pop_back();
  return encode_utf8(all) + "…";
}

std::vector<std::string> shortened(const std::vector<std::string>& texts, std::size_t most) {
  std::vector<std::string> short_ones;
  for (const auto& text : texts) short_ones.push_back(shortened(text, most));
  return short_ones;
}

std::size_t widest(const std::vector<std::string>& texts) {
  std::size_t columns = 0;
  for (const auto& text : texts) columns = std::max(columns, text_width(text));
  return columns;
}

std::string set_left(const std::string& text, std::size_t columns) {
  return text + spaces(text, columns);
}

std::string set_right(const std::string& text, std::size_t columns) {
  return spaces(text, columns) + text;
}

}  // namespace rondo
