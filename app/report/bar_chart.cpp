#include "app/report/bar_chart.h"

#include <algorithm>
#include <cmath>

#include "app/report/axis.h"
#include "app/report/svg.h"
#include "app/report/text_width.h"

namespace rondo {
namespace {

constexpr double kGlyph = 7, kRow = 24, kTitle = 30;
constexpr std::size_t kLongestName = 28;

std::string title_of(const std::string& title) { return svg_text({4, 18}, title, " class=\"t\""); }

std::string shown(const Bar& bar) {
  if (!bar.shown.empty()) return bar.shown;
  return std::isfinite(bar.value) ? short_number(bar.value) : "-";
}

// Where the bars of one chart begin and end.
class Bars {
 public:
  explicit Bars(const BarChart& chart) : chart_(chart) {
    std::size_t name = 0, number = 0;
    for (const Bar& bar : chart.bars) {
      name = std::max(name, text_width(shortened(bar.label, kLongestName)));
      number = std::max(number, text_width(shown(bar)));
      for (const double value : {bar.value, bar.low, bar.high}) {
        if (!std::isfinite(value)) continue;
        low_ = std::min(low_, value), high_ = std::max(high_, value);
      }
    }
    if (low_ == high_) high_ = low_ + 1;
    left_ = 12 + kGlyph * static_cast<double>(name);
    right_ = chart.width - 14 - kGlyph * static_cast<double>(number);
  }

  std::string draw() const {
    std::string text = title_of(chart_.title);
    for (std::size_t i = 0; i < chart_.bars.size(); ++i) {
      text += bar(chart_.bars[i], kTitle + kRow * static_cast<double>(i));
    }
    return text + svg_line({place(0), kTitle - 2}, {place(0), height() - 4}, "x");
  }

  double height() const { return kTitle + kRow * static_cast<double>(chart_.bars.size()) + 6; }

 private:
  double place(double value) const {
    return left_ + (right_ - left_) * (value - low_) / (high_ - low_);
  }

  std::string bar(const Bar& bar, double top) const {
    std::string text =
        svg_text({left_ - 6, top + 14}, shortened(bar.label, kLongestName), " text-anchor=\"end\"");
    double end = place(0);
    if (std::isfinite(bar.value)) {
      const double from = std::min(end, place(bar.value)), to = std::max(end, place(bar.value));
      text += svg_box({from, top + 2, to - from, kRow - 8}, bar.value < 0 ? "n" : "f",
                      " fill-opacity=\"0.75\"");
      end = to;
    }
    if (std::isfinite(bar.low) && std::isfinite(bar.high)) {
      text += interval(place(bar.low), place(bar.high), top + kRow / 2 - 2);
      end = std::max(end, place(bar.high));
    }
    return text + svg_text({end + 6, top + 14}, shown(bar));
  }

  static std::string interval(double from, double to, double y) {
    return svg_line({from, y}, {to, y}, "x") + svg_line({from, y - 4}, {from, y + 4}, "x") +
           svg_line({to, y - 4}, {to, y + 4}, "x");
  }

  const BarChart& chart_;
  double low_ = 0, high_ = 0, left_ = 0, right_ = 0;
};

// A step of 1, 2 or 5 times a power of ten that cuts `numbers` into at most `most` columns.
int64_t round_step(int64_t numbers, int most) {
  for (int64_t power = 1;; power *= 10) {
    for (const int64_t factor : {1, 2, 5}) {
      if (factor * power * most >= numbers) return factor * power;
    }
  }
}

// Draws one chart of columns over an axis of numbers.
class Columns {
 public:
  explicit Columns(const ColumnChart& chart)
      : chart_(chart), y_(chart.columns, Scale::linear, true) {}

  std::string draw() const {
    return title_of(chart_.title) + grid() + columns() + x_axis() +
           svg_text({(kLeft + right()) / 2, chart_.height - 6}, chart_.x_label,
                    " text-anchor=\"middle\"");
  }

 private:
  static constexpr double kLeft = 56;
  double right() const { return chart_.width - 12; }
  double bottom() const { return chart_.height - 40; }
  double last() const {
    return chart_.first + chart_.step * static_cast<double>(chart_.columns.size());
  }
  double place_x(double x) const {
    return kLeft + (right() - kLeft) * (x - chart_.first) / (last() - chart_.first);
  }
  double place_y(double y) const { return bottom() - y_.place(y) * (bottom() - kTitle); }

  std::string grid() const {
    std::string text;
    for (const double tick : y_.ticks(5)) {
      text += svg_line({kLeft, place_y(tick)}, {right(), place_y(tick)}, "g");
      text += svg_text({kLeft - 7, place_y(tick) + 4}, short_number(tick), " text-anchor=\"end\"");
    }
    const double middle = (kTitle + bottom()) / 2;
    return text + svg_text({12, middle}, chart_.y_label,
                           " text-anchor=\"middle\" transform=\"rotate(-90 12 " +
                               fixed_number(middle, 1) + ")\"");
  }

  std::string columns() const {
    std::string text;
    for (std::size_t i = 0; i < chart_.columns.size(); ++i) {
      if (chart_.columns[i] <= 0) continue;
      const double from = chart_.first + chart_.step * static_cast<double>(i);
      const double x = place_x(from), y = place_y(chart_.columns[i]);
      text += svg_box({x, y, std::max(place_x(from + chart_.step) - x - 1, 1.0), bottom() - y}, "f",
                      " fill-opacity=\"0.75\"", tooltip(from, chart_.columns[i]));
    }
    return text;
  }

  std::string tooltip(double from, double height) const {
    const std::string numbers =
        chart_.step == 1 ? fixed_number(from, 0)
                         : fixed_number(from, 0) + " to " + fixed_number(from + chart_.step - 1, 0);
    return numbers + ": " + fixed_number(height, 0);
  }

  std::string x_axis() const {
    std::string text = svg_line({kLeft, bottom()}, {right(), bottom()}, "x");
    for (const double tick : linear_ticks(chart_.first, last(), 9)) {
      // A number stands below the middle of its own column.
      const double x = place_x(tick) + (chart_.step == 1 ? (place_x(1) - place_x(0)) / 2 : 0);
      if (x > right() + 1) continue;
      text += svg_line({x, bottom()}, {x, bottom() + 4}, "x");
      text += svg_text({x, bottom() + 17}, short_number(tick), " text-anchor=\"middle\"");
    }
    return text;
  }

  const ColumnChart& chart_;
  Axis y_;
};

}  // namespace

ColumnChart columns_of(const std::vector<int64_t>& counts, int most) {
  const int64_t step = round_step(static_cast<int64_t>(counts.size()), most);
  ColumnChart chart{.step = static_cast<double>(step)};
  for (std::size_t n = 0; n < counts.size(); ++n) {
    const std::size_t column = n / static_cast<std::size_t>(step);
    if (chart.columns.size() <= column) chart.columns.resize(column + 1);
    chart.columns[column] += static_cast<double>(counts[n]);
  }
  return chart;
}

std::string to_svg(const BarChart& chart) {
  const Bars bars(chart);
  return to_svg(Drawing{
      .title = chart.title, .width = chart.width, .height = bars.height(), .content = bars.draw()});
}

std::string to_svg(const ColumnChart& chart) {
  return to_svg(Drawing{.title = chart.title,
                        .width = chart.width,
                        .height = chart.height,
                        .content = Columns(chart).draw()});
}

}  // namespace rondo
