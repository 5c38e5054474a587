#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "app/bench/bench_report.h"
#include "app/report/bar_chart.h"
#include "app/report/chart.h"
#include "app/report/svg.h"

namespace rondo {
namespace {

constexpr double kWidth = 560, kGap = 14;
constexpr int kColumns = 2;

std::string bars_of(std::span<const Cell> row, const Summary& summary) {
  const Cell& first = row.front();
  BarChart chart{.title = first.section + ": " + first.row + ", " + quoted_unit(first),
                 .width = kWidth};
  for (const Cell& cell : row) {
    const Middle rate = summary.value(cell.name(), quoted_value(cell));
    if (std::isfinite(rate.median)) {
      chart.bars.push_back({cell.label(), rate.median, rate.low, rate.high});
    }
  }
  return chart.bars.empty() ? "" : to_svg(chart);
}

// A row of scale: each cell's variant is a size. Sizes double, so the axis counts doublings.
std::string growth_of(std::span<const Cell> row, const Summary& summary) {
  const std::string value = quoted_value(row.front());
  Chart chart{.title = "growing " + row.front().row,
              .x_label = row.front().row + ", as a power of 2",
              .y_label = quoted_unit(row.front()),
              .series = {{.label = quoted_unit(row.front()), .markers = true}},
              .from_zero = true,
              .width = kWidth};
  for (const Cell& cell : row) {
    const double rate = summary.value(cell.name(), value).median;
    const double size = std::strtod(cell.variant.c_str(), nullptr);
    if (std::isfinite(rate)) chart.series.front().points.push_back({std::log2(size), rate});
  }
  return chart.series.front().points.empty() ? "" : to_svg(chart);
}

// The height that a drawing says it has.
double height_of(const std::string& svg) {
  const std::string begin = "viewBox=\"0 0 ";
  const size_t at = svg.find(begin);
  if (at == std::string::npos) return 0;
  char* end = nullptr;
  std::strtod(svg.c_str() + at + begin.size(), &end);
  return std::strtod(end, nullptr);
}

// Drawings below one another in columns, each new one where there is most room.
class Sheet {
 public:
  void add(const std::string& svg) {
    if (svg.empty()) return;
    double& bottom = bottoms_[0] <= bottoms_[1] ? bottoms_[0] : bottoms_[1];
    const double left = &bottom == bottoms_ ? 0 : kWidth + kGap, height = height_of(svg);
    content_ += "<svg" + svg_attribute("x", left) + svg_attribute("y", bottom) +
                svg_attribute("width", kWidth) + svg_attribute("height", height) +
                svg.substr(4);  // behind its own "<svg"
    bottom += height + kGap;
  }

  std::string draw() const {
    return to_svg(Drawing{.title = "Rondo's bench",
                          .width = kColumns * kWidth + kGap,
                          .height = std::max(bottoms_[0], bottoms_[1]),
                          .content = content_});
  }

 private:
  double bottoms_[kColumns] = {0, 0};
  std::string content_{};
};

}  // namespace

std::string bench_plot(std::span<const Cell> cells, const Summary& summary) {
  Sheet sheet;
  for (size_t begin = 0, end = 0; begin < cells.size(); begin = end) {
    while (end < cells.size() && cells[end].section == cells[begin].section &&
           cells[end].row == cells[begin].row) {
      ++end;
    }
    const auto row = cells.subspan(begin, end - begin);
    const std::string& section = row.front().section;
    if (section == "learning") continue;
    sheet.add(section == "scale" ? growth_of(row, summary) : bars_of(row, summary));
  }
  return sheet.draw() + "\n";
}

}  // namespace rondo
