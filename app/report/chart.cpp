#include "app/report/chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "app/report/svg.h"

namespace rondo {
namespace {

constexpr double kTop = 34, kBottom = 44, kLeft = 64, kGlyph = 7.2, kLineHeight = 16;
constexpr std::size_t kMostMarkers = 60;
constexpr std::size_t kColumns = 250;  // a long series keeps two points a column

std::string number(double value) { return fixed_number(value, 1); }

std::string colour(std::size_t index) { return std::string("c") + std::to_string(index % 4); }
// Sixteen pairs of a colour and a dash before one comes again.
std::string style_of(std::size_t index) {
  return colour(index) + " d" + std::to_string((index + index / 4) % 4);
}

// Circle, square, triangle, diamond.
std::string marker(double x, double y, std::size_t index, const std::string& tooltip) {
  constexpr std::array<const char*, 4> kSigns{"m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z",
                                              "m-2.9-2.9h5.8v5.8h-5.8z", "m0-3.8l3.7 6.4h-7.4z",
                                              "m0-4.1l4.1 4.1l-4.1 4.1l-4.1-4.1z"};
  const std::string path = std::string("M") + number(x) + " " + number(y) + kSigns[index % 4];
  const std::string title = tooltip.empty() ? "" : "<title>" + escape_markup(tooltip) + "</title>";
  return "<path class=\"m " + colour(index) + "\" d=\"" + path + "\">" + title + "</path>";
}

// Keeps the lowest and the highest point of each column, so that a spike stays visible.
std::vector<ChartPoint> thinned(const std::vector<ChartPoint>& points) {
  if (points.size() <= 2 * kColumns) return points;
  const auto below = [](const ChartPoint& a, const ChartPoint& b) { return a.y < b.y; };
  std::vector<ChartPoint> kept;
  for (std::size_t column = 0; column < kColumns; ++column) {
    const auto begin = points.begin() + column * points.size() / kColumns;
    const auto end = points.begin() + (column + 1) * points.size() / kColumns;
    auto [low, high] = std::minmax_element(begin, end, below);
    if (low > high) std::swap(low, high);
    kept.push_back(*low);
    if (low != high) kept.push_back(*high);
  }
  return kept;
}

// Draws one chart: where values lie on the canvas, and the parts in their order.
class Canvas {
 public:
  explicit Canvas(const Chart& chart)
      : chart_(chart),
        x_(values(&ChartPoint::x), Scale::linear, true),
        y_(values(&ChartPoint::y), chart.scale, chart.from_zero) {
    for (const Series& series : chart.series) {
      if (series.label.empty()) continue;
      right_ = std::max(right_, 38 + kGlyph * static_cast<double>(series.label.size()));
    }
  }

  std::string draw() const {
    std::string body = svg_text({kLeft, 18}, chart_.title, " class=\"t\"") + x_axis() + y_axis();
    if (empty()) {
      return body + svg_text({(kLeft + chart_.width - right_) / 2, (kTop + bottom()) / 2},
                             "nothing measured yet", " text-anchor=\"middle\"");
    }
    for (std::size_t i = 0; i < chart_.series.size(); ++i) body += curve(i);
    return body + labels();
  }

 private:
  std::vector<double> values(double ChartPoint::*part) const {
    std::vector<double> all;
    for (const Series& series : chart_.series) {
      for (const ChartPoint& point : series.points) all.push_back(point.*part);
    }
    return all;
  }

  std::size_t style(std::size_t index) const {
    const int given = chart_.series[index].style;
    return given >= 0 ? static_cast<std::size_t>(given) : index;
  }

  bool shown(const ChartPoint& point) const { return x_.shows(point.x) && y_.shows(point.y); }

  bool empty() const {
    return std::all_of(chart_.series.begin(), chart_.series.end(), [&](const Series& series) {
      return std::none_of(series.points.begin(), series.points.end(),
                          [&](const ChartPoint& point) { return shown(point); });
    });
  }

  double right() const { return chart_.width - right_; }
  double bottom() const { return chart_.height - kBottom; }
  double place_x(double x) const { return kLeft + x_.place(x) * (right() - kLeft); }
  double place_y(double y) const { return bottom() - y_.place(y) * (bottom() - kTop); }

  std::string x_axis() const {
    std::string text = svg_line({kLeft, bottom()}, {right(), bottom()}, "x");
    for (const double tick : empty() ? std::vector<double>{} : x_.ticks(7)) {
      const double x = place_x(tick);
      text += svg_line({x, bottom()}, {x, bottom() + 4}, "x");
      text += svg_text({x, bottom() + 17}, short_number(tick), " text-anchor=\"middle\"");
    }
    return text + svg_text({(kLeft + right()) / 2, chart_.height - 8}, chart_.x_label,
                           " text-anchor=\"middle\"");
  }

  std::string y_axis() const {
    std::string text;
    for (const double tick : empty() ? std::vector<double>{} : y_.ticks(7)) {
      const double y = place_y(tick);
      text += svg_line({kLeft, y}, {right(), y}, "g");
      text += svg_text({kLeft - 7, y + 4}, short_number(tick), " text-anchor=\"end\"");
    }
    const std::string turned = " text-anchor=\"middle\" transform=\"rotate(-90 13 " +
                               number((kTop + bottom()) / 2) + ")\"";
    return text + svg_text({13, (kTop + bottom()) / 2}, chart_.y_label, turned);
  }

  std::string curve(std::size_t index) const {
    const Series& series = chart_.series[index];
    std::string path, signs;
    bool drawing = false;
    for (const ChartPoint& point : thinned(series.points)) {
      if (shown(point)) {
        path += drawing ? "L" : "M";
        path += number(place_x(point.x)) + " " + number(place_y(point.y));
      }
      drawing = shown(point);
    }
    const std::size_t stride = 1 + series.points.size() / kMostMarkers;
    for (std::size_t i = 0; series.markers && i < series.points.size(); i += stride) {
      const ChartPoint& point = series.points[i];
      if (!shown(point)) continue;
      signs += marker(place_x(point.x), place_y(point.y), style(index),
                      series.label + " " + short_number(point.y) + " at " + short_number(point.x));
    }
    const std::string css = "s " + style_of(style(index)) + (series.faint ? " faint" : "");
    return "<path class=\"" + css + "\" d=\"" + path + "\"/>" + signs;
  }

  // Moves names down where two would meet, and up again from below the chart.
  void spread_out(std::vector<std::pair<double, std::size_t>>& ends) const {
    double free = kTop;
    for (auto& [y, index] : ends) free = (y = std::max(y, free)) + kLineHeight;
    double lowest = chart_.height - 8;
    for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
      end->first = std::min(end->first, lowest);
      lowest = end->first - kLineHeight;
    }
  }

  // Each series' name stands where its line ends, or as near as there is room.
  std::string labels() const {
    std::vector<std::pair<double, std::size_t>> ends;
    for (std::size_t i = 0; i < chart_.series.size(); ++i) {
      const auto& points = chart_.series[i].points;
      const auto last = std::find_if(points.rbegin(), points.rend(),
                                     [&](const ChartPoint& point) { return shown(point); });
      const bool named = !chart_.series[i].label.empty();
      if (named && last != points.rend()) ends.emplace_back(place_y(last->y), i);
    }
    std::sort(ends.begin(), ends.end());
    spread_out(ends);
    std::string text;
    for (const auto& [y, index] : ends) {
      text += svg_line({right() + 6, y}, {right() + 26, y}, "s " + style_of(style(index)));
      if (chart_.series[index].markers) text += marker(right() + 16, y, style(index), "");
      text += svg_text({right() + 31, y + 4}, chart_.series[index].label);
    }
    return text;
  }

  const Chart& chart_;
  Axis x_, y_;
  double right_ = 12;
};

}  // namespace

std::string to_svg(const Chart& chart) {
  return to_svg(Drawing{.title = chart.title,
                        .width = chart.width,
                        .height = chart.height,
                        .content = Canvas(chart).draw()});
}

}  // namespace rondo
