#include "app/report/heat_map.h"

#include <algorithm>
#include <cmath>

#include "app/report/axis.h"
#include "app/report/svg.h"
#include "app/report/text_width.h"

namespace rondo {
namespace {

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

// Draws one map: where its cells lie, and the parts in their order.
class Grid {
 public:
  explicit Grid(const HeatMap& map)
      : map_(map),
        shades_(shades_of(map)),
        rows_(shortened(map.rows, HeatMap::kLongestName)),
        columns_(shortened(map.columns, HeatMap::kLongestName)) {
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
