#include <algorithm>
#include <cmath>

#include "app/report/axis.h"
#include "app/report/heat_map.h"
#include "app/report/text_width.h"

namespace rondo {
namespace {

std::string repeated(const std::string& block, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += block;
  return text;
}

// One of five shades, quarters from 0.05 on; the sign of a number below zero before it.
std::string block_cell(double dark, std::size_t columns) {
  if (std::isnan(dark)) return repeated("x", columns);
  constexpr const char* kBlocks[] = {" ", "░", "▒", "▓", "█"};
  constexpr double kVisible = 0.05;
  const double size = std::abs(dark);
  const std::size_t step = size < kVisible ? 0 : std::min<std::size_t>(1 + size * 4, 4);
  if (dark < 0 && step > 0) return "-" + repeated(kBlocks[step], columns - 1);
  return repeated(kBlocks[step], columns);
}

std::string number_cell(float value, double dark, int decimals) {
  const std::string number = std::isfinite(value) ? fixed_number(value, decimals) : "-";
  return number + " " + block_cell(std::abs(dark), 1);
}

std::string without_trailing_spaces(std::string line) {
  return line.erase(line.find_last_not_of(' ') + 1);
}

// Draws one map in characters: each column as wide as its name.
class TerminalGrid {
 public:
  explicit TerminalGrid(const HeatMap& map)
      : map_(map),
        shades_(shades_of(map)),
        rows_(shortened(map.rows, HeatMap::kLongestName)),
        columns_(shortened(map.columns, HeatMap::kLongestName)),
        left_(widest(rows_)) {
    const std::size_t narrowest =
        map.decimals < 0 ? 2 : static_cast<std::size_t>(map.decimals) + 5;  // "-0.123 #"
    for (const auto& name : columns_) widths_.push_back(std::max(text_width(name), narrowest));
  }

  std::string draw(std::size_t width) const {
    std::string text;
    for (std::size_t first = 0, end = 0; first < columns_.size(); first = end) {
      end = end_of_strip(first, width);
      text += (first > 0 ? "\n" : "") + strip(first, end);
    }
    return text;
  }

 private:
  // The columns from `first` on that fit beside the names of the rows, at least one.
  std::size_t end_of_strip(std::size_t first, std::size_t width) const {
    std::size_t end = first, used = left_;
    while (end < columns_.size() && (end == first || used + 1 + widths_[end] <= width)) {
      used += 1 + widths_[end++];
    }
    return end;
  }

  std::string strip(std::size_t first, std::size_t end) const {
    std::string line(left_, ' ');
    for (std::size_t i = first; i < end; ++i) line += " " + set_right(columns_[i], widths_[i]);
    std::string text = line + "\n";
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      line = set_left(rows_[row], left_);
      for (std::size_t i = first; i < end; ++i) line += " " + cell(row, i);
      text += without_trailing_spaces(line) + "\n";
    }
    return text;
  }

  std::string cell(std::size_t row, std::size_t column) const {
    const double dark = shades_[row][column];
    if (map_.decimals < 0) return block_cell(dark, widths_[column]);
    return set_right(number_cell(map_.values[row][column], dark, map_.decimals), widths_[column]);
  }

  const HeatMap& map_;
  std::vector<std::vector<double>> shades_;
  std::vector<std::string> rows_, columns_;
  std::size_t left_ = 0;
  std::vector<std::size_t> widths_{};
};

}  // namespace

std::string to_terminal(const HeatMap& map, std::size_t width) {
  return TerminalGrid(map).draw(width);
}

}  // namespace rondo
