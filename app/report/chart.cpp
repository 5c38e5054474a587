#include "app/report/chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace rondo {
namespace {

constexpr double kTop = 34, kBottom = 44, kLeft = 64, kGlyph = 7.2, kLineHeight = 16;
constexpr std::size_t kMostMarkers = 60;
constexpr std::size_t kColumns = 250;  // a long series keeps two points a column

// Colours by class, so that a page or a reader's dark mode may change them.
constexpr const char* kStyle =
    "<style>"
    ".rc{font:12px system-ui,sans-serif;color-scheme:light dark}"
    ".rc text{fill:#333}.rc .t{font-size:14px;font-weight:600;fill:#111}"
    ".rc .g{stroke:#e3e3e3}.rc .x{stroke:#888}"
    ".rc .s{fill:none;stroke-width:1.8;stroke-linejoin:round}"
    ".rc .c0{stroke:#1f5fa8}.rc .c1{stroke:#b3470b}.rc .c2{stroke:#2a7a3b}.rc .c3{stroke:#7a3ba8}"
    ".rc .m{fill:#fff;stroke-width:1.6}.rc .f{stroke-width:1;opacity:.5}"
    ".rc .d1{stroke-dasharray:7 3}.rc .d2{stroke-dasharray:2 3}.rc .d3{stroke-dasharray:9 3 2 3}"
    "@media(prefers-color-scheme:dark){.rc text{fill:#c8c8c8}.rc .t{fill:#f0f0f0}"
    ".rc .g{stroke:#3a3a3a}.rc .x{stroke:#888}.rc .m{fill:#181a1b}"
    ".rc .c0{stroke:#7db4f0}.rc .c1{stroke:#f2a367}.rc .c2{stroke:#7fd08f}.rc .c3{stroke:#c79bf0}}"
    "</style>";

std::string number(double value) { return fixed_number(value, 1); }

std::string attribute(const char* name, double value) {
  return std::string(" ") + name + "=\"" + number(value) + "\"";
}

std::string label(double x, double y, const std::string& text, const char* more) {
  return "<text" + attribute("x", x) + attribute("y", y) + more + ">" + escape_markup(text) +
         "</text>";
}

std::string line(double x1, double y1, double x2, double y2, const std::string& css) {
  return "<line class=\"" + css + "\"" + attribute("x1", x1) + attribute("y1", y1) +
         attribute("x2", x2) + attribute("y2", y2) + "/>";
}

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
    std::string body = label(kLeft, 18, chart_.title, " class=\"t\"") + x_axis() + y_axis();
    if (empty()) {
      return body + label((kLeft + chart_.width - right_) / 2, (kTop + bottom()) / 2,
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
    std::string text = line(kLeft, bottom(), right(), bottom(), "x");
    for (const double tick : empty() ? std::vector<double>{} : x_.ticks(7)) {
      const double x = place_x(tick);
      text += line(x, bottom(), x, bottom() + 4, "x");
      text += label(x, bottom() + 17, short_number(tick), " text-anchor=\"middle\"");
    }
    return text + label((kLeft + right()) / 2, chart_.height - 8, chart_.x_label,
                        " text-anchor=\"middle\"");
  }

  std::string y_axis() const {
    std::string text;
    for (const double tick : empty() ? std::vector<double>{} : y_.ticks(7)) {
      const double y = place_y(tick);
      text += line(kLeft, y, right(), y, "g");
      text += label(kLeft - 7, y + 4, short_number(tick), " text-anchor=\"end\"");
    }
    const std::string turned = " text-anchor=\"middle\" transform=\"rotate(-90 13 " +
                               number((kTop + bottom()) / 2) + ")\"";
    return text + label(13, (kTop + bottom()) / 2, chart_.y_label, turned.c_str());
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
    const std::string css = "s " + style_of(style(index)) + (series.faint ? " f" : "");
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
      text += line(right() + 6, y, right() + 26, y, "s " + style_of(style(index)));
      if (chart_.series[index].markers) text += marker(right() + 16, y, style(index), "");
      text += label(right() + 31, y + 4, chart_.series[index].label, "");
    }
    return text;
  }

  const Chart& chart_;
  Axis x_, y_;
  double right_ = 12;
};

}  // namespace

std::string escape_markup(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default: {
        const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
        escaped += control ? ' ' : c;
      }
    }
  }
  return escaped;
}

std::string to_svg(const Chart& chart) {
  const std::string size = number(chart.width) + " " + number(chart.height);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rc\" viewBox=\"0 0 " + size +
         "\" role=\"img\" aria-label=\"" + escape_markup(chart.title) + "\">" + kStyle +
         Canvas(chart).draw() + "</svg>";
}

}  // namespace rondo
