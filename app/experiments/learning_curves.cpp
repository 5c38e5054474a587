#include "app/experiments/learning_curves.h"

#include <algorithm>

#include "app/config/names.h"
#include "app/metrics/metric_values.h"

namespace rondo {
namespace {

constexpr double kLabelHeight = 16;  // of a name beside the chart

Chart chart_of(const std::vector<LearningCurve>& curves, const std::string& metric, bool by_time) {
  const std::string title(look_of(metric).title);
  Chart chart{.title = title + " on the development text",
              .x_label = by_time ? "seconds of training" : "updates",
              .y_label = title};
  double named = 0;
  for (const LearningCurve& curve : curves) {
    Series series{
        .label = curve.label, .markers = !curve.faint, .style = curve.style, .faint = curve.faint};
    for (const ValidPoint& point : curve.history.valid) {
      series.points.push_back({by_time ? point.seconds : static_cast<double>(point.update),
                               value_of(point.values, metric)});
    }
    chart.series.push_back(std::move(series));
    named += curve.label.empty() ? 0 : 1;
  }
  chart.height = std::max(chart.height, kLabelHeight * named + 50);
  return chart;
}

}  // namespace

std::vector<Chart> curve_charts(const std::vector<LearningCurve>& curves, Metric metric) {
  std::vector<std::string> names{std::string(yaml_name(metric))};
  if (metric != Metric::loss) names.emplace_back("loss");
  std::vector<Chart> charts;
  for (const std::string& name : names) {
    charts.push_back(chart_of(curves, name, false));
    charts.push_back(chart_of(curves, name, true));
  }
  return charts;
}

}  // namespace rondo
