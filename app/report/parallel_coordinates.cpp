#include "app/report/parallel_coordinates.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "app/report/chart.h"

namespace rondo {
namespace {

constexpr double kTop = 64, kBottom = 22, kSide = 70, kUsualWidth = 900;
constexpr std::size_t kLongestName = 16;

constexpr const char* kStyle =
    "<style>"
    ".pc{font:12px system-ui,sans-serif;color-scheme:light dark}"
    ".pc text{fill:#333}.pc .t{font-size:14px;font-weight:600;fill:#111}"
    ".pc .x{stroke:#888}.pc text.v{paint-order:stroke;stroke:#fff;stroke-width:3px}"
    ".pc .l{fill:none;stroke-linejoin:round}"
    ".pc .r0{stroke:#b3470b;stroke-width:3.6}.pc .r1{stroke:#1f5fa8;stroke-width:1.7}"
    ".pc .r2{stroke:#767676;stroke-width:.9;stroke-dasharray:5 4}"
    "@media(prefers-color-scheme:dark){.pc text{fill:#d0d0d0}.pc .t{fill:#f0f0f0}"
    ".pc text.v{stroke:#181a1b}"
    ".pc .r0{stroke:#f2a367}.pc .r1{stroke:#7db4f0}.pc .r2{stroke:#8f8f8f}}"
    "</style>";

std::string number(double value) { return fixed_number(value, 1); }

std::string text_at(double x, double y, const std::string& text, const std::string& css,
                    const char* anchor) {
  return "<text class=\"" + css + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
         "\" text-anchor=\"" + anchor + "\">" + escape_markup(text) + "</text>";
}

std::string shortened(const std::string& name) {
  return name.size() <= kLongestName ? name : name.substr(0, kLongestName - 2) + "..";
}

int rank_class(std::size_t rank, std::size_t lines) {
  if (rank == 0) return 0;
  return rank < std::max<std::size_t>(2, (lines + 3) / 4) ? 1 : 2;
}

// From one axis to the next: few are not far apart, many not too near for their names.
double spacing(const ParallelCoordinates& plot) {
  const auto gaps = static_cast<double>(std::max<std::size_t>(2, plot.axes.size()) - 1);
  return std::clamp(kUsualWidth / gaps, 120.0, 240.0);
}

// Where values lie on one axis, and what stands beside it.
class Upright {
 public:
  Upright(const ParallelCoordinates& plot, std::size_t index)
      : coordinate_(plot.axes[index]),
        x_(kSide + spacing(plot) * static_cast<double>(index)),
        low_(plot.height - kBottom),
        axis_(values(plot, index), coordinate_.scale, false) {}

  double x() const { return x_; }

  bool shows(double value) const {
    return coordinate_.names.empty() ? axis_.shows(value) : std::isfinite(value);
  }

  double y(double value) const {
    const auto names = static_cast<double>(coordinate_.names.size());
    const double share = names > 0 ? (value + 0.5) / names : axis_.place(value);
    return low_ - share * (low_ - kTop);
  }

  std::string line(bool last) const {
    return "<line class=\"x\" x1=\"" + number(x_) + "\" y1=\"" + number(kTop) + "\" x2=\"" +
           number(x_) + "\" y2=\"" + number(low_) + "\"/>" +
           text_at(x_, kTop - 14, shortened(coordinate_.title), last ? "t" : "n", "middle");
  }

  // Drawn over the lines, so that they stay readable.
  std::string ticks() const {
    std::string text;
    for (std::size_t i = 0; i < coordinate_.names.size(); ++i) {
      text += tick(static_cast<double>(i), shortened(coordinate_.names[i]));
    }
    if (!coordinate_.names.empty()) return text;
    for (const double value : axis_.ticks(6)) text += tick(value, short_number(value));
    return text;
  }

 private:
  static std::vector<double> values(const ParallelCoordinates& plot, std::size_t index) {
    std::vector<double> all;
    for (const CoordinateLine& line : plot.lines) all.push_back(line.values[index]);
    return all;
  }

  std::string tick(double value, const std::string& text) const {
    const double at = y(value);
    return "<line class=\"x\" x1=\"" + number(x_ - 4) + "\" y1=\"" + number(at) + "\" x2=\"" +
           number(x_) + "\" y2=\"" + number(at) + "\"/>" +
           text_at(x_ - 7, at + 4, text, "v", "end");
  }

  const Coordinate& coordinate_;
  double x_ = 0, low_ = 0;
  Axis axis_;
};

std::string path_of(const CoordinateLine& line, const std::vector<Upright>& axes) {
  std::string path;
  bool drawing = false;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const bool shown = axes[i].shows(line.values[i]);
    if (shown) {
      path += (drawing ? "L" : "M") + number(axes[i].x()) + " " + number(axes[i].y(line.values[i]));
    }
    drawing = shown;
  }
  return path;
}

}  // namespace

std::string to_svg(const ParallelCoordinates& plot) {
  std::vector<Upright> axes;
  for (std::size_t i = 0; i < plot.axes.size(); ++i) axes.emplace_back(plot, i);
  std::string body = text_at(8, 18, plot.title, "t", "start");
  for (const Upright& axis : axes) body += axis.line(&axis == &axes.back());
  // The best at last, above all others.
  for (std::size_t rank = plot.lines.size(); rank-- > 0;) {
    const CoordinateLine& line = plot.lines[rank];
    body += "<path class=\"l r" + std::to_string(rank_class(rank, plot.lines.size())) + "\" d=\"" +
            path_of(line, axes) + "\"><title>" + escape_markup(line.tooltip) + "</title></path>";
  }
  for (const Upright& axis : axes) body += axis.ticks();
  const double width = axes.empty() ? 2 * kSide : axes.back().x() + kSide;
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pc\" viewBox=\"0 0 " + number(width) +
         " " + number(plot.height) + "\" width=\"" + number(width) +
         "\" role=\"img\" aria-label=\"" + escape_markup(plot.title) + "\">" + kStyle + body +
         "</svg>";
}

}  // namespace rondo
