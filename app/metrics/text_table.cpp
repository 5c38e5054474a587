#include "app/metrics/text_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "app/metrics/unicode_text.h"

namespace rondo {
namespace {

size_t width(const std::string& cell) { return decode_utf8(cell).size(); }

std::vector<size_t> column_widths(const TextRows& rows) {
  std::vector<size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  return widths;
}

}  // namespace

std::string text_table(const TextRows& rows) {
  const std::vector<size_t> widths = column_widths(rows);
  std::string text;
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - width(row[i]), ' ');
      text += i == 0 ? row[i] + padding : "  " + padding + row[i];
    }
    text += "\n";
  }
  return text;
}

std::string fixed_digits(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  std::array<char, 400> text{};  // the largest double has 309 digits
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

}  // namespace rondo
