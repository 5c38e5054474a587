#include "app/report/heat_map.h"

#include <algorithm>
#include <cmath>

#include "app/report/axis.h"
#include "app/report/svg.h"
#include "app/report/text_width.h"

namespace rondo {
namespace {

constexpr std::size_t kLongestName = 24;
constexpr double kGlyph = 7, kCell = 20, kFaintest = 0.02, kDeep = 0.5;

double shade(double value, double none, double full) {
  return std::clamp((value - none) / (full - none), -1.0, 1.0);
}

double largest_of(const HeatMap& map) {
  double largest = 0;
  for (const auto& row : map.values) {
    for (const float value : row) {
      if (std::isfinite(value)) largest = std::max(largest, std::abs(static_cast<double>(value)));
    }
  }
  return largest > 0 ? largest : 1;
}

std::vector<std::string> shown_names(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  for (const auto& name : names) shown.push_back(shortened(name, kLongestName));
  return shown;
}

std::size_t widest(const std::vector<std::string>& names) {
  std::size_t most = 0;
  for (const auto& name : names) most = std::max(most, text_width(name));
  return most;
}

// Draws one map: where its cells lie, and the parts in their order.
class Grid {
 public:
  explicit Grid(const HeatMap& map)
      : map_(map),
        shades_(shades_of(map)),
        rows_(shown_names(map.rows)),
        columns_(shown_names(map.columns)) {
    left_ = 12 + kGlyph * static_cast<double>(widest(rows_));
    top_ = (map.title.empty() ? 8 : 30) + kGlyph * static_cast<double>(widest(columns_));
    if (map.decimals >= 0) cell_ = 34 + kGlyph * map.decimals;
  }

  Drawing draw() const {
    const double right = left_ + cell_ * static_cast<double>(columns_.size());
    const double bottom = top_ + kCell * static_cast<double>(rows_.size());
    const double title = kGlyph * 1.2 * static_cast<double>(text_width(map_.title));
    return {.title = map_.title,
            .width = std::max(right + 4, title),
            .height = bottom + 4,
            .scales = false,
            .content = svg_text({4, 16}, map_.title, " class=\"t\"") + names() + cells() +
                       svg_box({left_, top_, right - left_, bottom - top_}, "o")};
  }

 private:
  double x_of(std::size_t column) const { return left_ + cell_ * static_cast<double>(column); }
  double y_of(std::size_t row) const { return top_ + kCell * static_cast<double>(row); }

  std::string names() const {
    std::string text;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      text += svg_text({left_ - 6, y_of(i) + 14}, rows_[i], " text-anchor=\"end\"");
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const double x = x_of(i) + cell_ / 2 + 4;
      text += svg_text({x, top_ - 5}, columns_[i],
                       " transform=\"rotate(-90 " + fixed_number(x, 1) + " " +
                           fixed_number(top_ - 5, 1) + ")\"");
    }
    return text;
  }

  std::string tooltip(std::size_t row, std::size_t column) const {
    return rows_[row] + ", " + columns_[column] + ": " + short_number(map_.values[row][column]);
  }

  // What is written or drawn over a cell's shade.
  std::string sign(std::size_t row, std::size_t column) const {
    const float value = map_.values[row][column];
    const double x = x_of(column) + cell_ / 2, y = y_of(row) + kCell / 2;
    if (!std::isfinite(value)) {
      return svg_line({x - 4, y - 4}, {x + 4, y + 4}, "x") +
             svg_line({x - 4, y + 4}, {x + 4, y - 4}, "x");
    }
    if (map_.decimals >= 0) {
      return svg_text({x, y + 4}, fixed_number(value, map_.decimals), " text-anchor=\"middle\"");
    }
    const double dark = shades_[row][column];
    return dark < 0 ? svg_line({x - 5, y}, {x + 5, y}, dark < -kDeep ? "p" : "i") : "";
  }

  // Cells without a visible shade are left out: most of a long sentence's are.
  std::string cells() const {
    const double deepest = map_.decimals >= 0 ? 0.5 : 1;  // a number stays readable on it
    std::string text;
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      for (std::size_t column = 0; column < columns_.size(); ++column) {
        const double dark = shades_[row][column];
        if (std::abs(dark) >= kFaintest) {
          text += svg_box({x_of(column) + 0.5, y_of(row) + 0.5, cell_ - 1, kCell - 1},
                          dark < 0 ? "n" : "f",
                          " fill-opacity=\"" + fixed_number(deepest * std::abs(dark), 2) + "\"",
                          tooltip(row, column));
        }
        if (std::abs(dark) >= kFaintest || map_.decimals >= 0 || std::isnan(dark)) {
          text += sign(row, column);
        }
      }
    }
    return text;
  }

  const HeatMap& map_;
  std::vector<std::vector<double>> shades_;
  std::vector<std::string> rows_, columns_;
  double left_ = 0, top_ = 0, cell_ = kCell;
};

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
        rows_(shown_names(map.rows)),
        columns_(shown_names(map.columns)),
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

std::vector<std::vector<double>> shades_of(const HeatMap& map) {
  const bool given = map.none != map.full;
  const double none = given ? map.none : 0, full = given ? map.full : largest_of(map);
  std::vector<std::vector<double>> shades;
  for (const auto& row : map.values) {
    auto& line = shades.emplace_back();
    for (const float value : row) {
      line.push_back(std::isfinite(value) ? shade(value, none, full) : std::nan(""));
    }
  }
  return shades;
}

std::string to_svg(const HeatMap& map) { return to_svg(Grid(map).draw()); }

std::string to_terminal(const HeatMap& map, std::size_t width) {
  return TerminalGrid(map).draw(width);
}

HeatMap turned(const HeatMap& map) {
  HeatMap other = map;
  std::swap(other.rows, other.columns);
  other.values.assign(other.rows.size(), std::vector<float>(other.columns.size()));
  for (std::size_t row = 0; row < map.values.size(); ++row) {
    for (std::size_t column = 0; column < map.values[row].size(); ++column) {
      other.values[column][row] = map.values[row][column];
    }
  }
  return other;
}

}  // namespace rondo
