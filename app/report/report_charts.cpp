#include <algorithm>
#include <cmath>

#include "app/report/report_page.h"

namespace rondo {
namespace {

template <typename Point>
Series series_of(const std::string& label, const std::vector<Point>& points, double Point::*value,
                 bool markers) {
  Series series{.label = label, .markers = markers};
  for (const Point& point : points) {
    series.points.push_back({static_cast<double>(point.update), point.*value});
  }
  return series;
}

// A logarithmic axis where the largest value would flatten the rest of the curve.
Scale scale_for(const Series& series) {
  std::vector<double> values;
  for (const ChartPoint& point : series.points) {
    if (std::isfinite(point.y) && point.y > 0) values.push_back(point.y);
  }
  if (values.empty()) return Scale::linear;
  std::sort(values.begin(), values.end());
  return values.back() > 20 * values[values.size() / 2] ? Scale::logarithmic : Scale::linear;
}

Series series_of(const std::string& label, const std::vector<ValidPoint>& points,
                 const std::string& metric) {
  Series series{.label = label, .markers = true};
  for (const ValidPoint& point : points) {
    series.points.push_back({static_cast<double>(point.update), value_of(point.values, metric)});
  }
  return series;
}

Chart chart(const std::string& title, const std::string& unit, std::vector<Series> series) {
  return {.title = title, .x_label = "updates", .y_label = unit, .series = std::move(series)};
}

// Loss, and perplexity where the task knows one.
void add_losses(const RunHistory& history, std::vector<Chart>& charts) {
  charts.push_back(chart("Loss (training as trained on: with label smoothing)", "nats a target",
                         {series_of("train", history.train, &TrainPoint::loss, false),
                          series_of("dev", history.valid, "loss")}));
  const Series perplexity = series_of("train", history.train, &TrainPoint::ppl, false);
  const bool known = std::ranges::any_of(perplexity.points,
                                         [](const ChartPoint& at) { return std::isfinite(at.y); });
  if (!known && !history.train.empty()) return;
  charts.push_back(
      chart("Perplexity", "exp(loss)", {perplexity, series_of("dev", history.valid, "ppl")}));
  charts.back().scale = scale_for(perplexity);
}

// What is measured on the development text besides the losses, in one chart.
void add_quality(const RunHistory& history, std::vector<Chart>& charts) {
  std::vector<Series> series;
  if (!history.valid.empty()) {
    for (const MetricValue& metric : history.valid.back().values) {
      if (metric.name == "loss" || metric.name == "ppl") continue;
      series.push_back(
          series_of(std::string(look_of(metric.name).title), history.valid, metric.name));
    }
  }
  charts.push_back(chart("Quality on the development text", "score", std::move(series)));
  charts.back().from_zero = true;
}

}  // namespace

std::vector<Chart> charts_of(const RunHistory& history) {
  const auto& train = history.train;
  std::vector<Chart> charts;
  add_losses(history, charts);
  add_quality(history, charts);
  charts.push_back(
      chart("Learning rate", "", {series_of("", train, &TrainPoint::learning_rate, false)}));
  charts.back().from_zero = true;
  charts.push_back(chart("Gradient norm", "before clipping",
                         {series_of("", train, &TrainPoint::grad_norm, false)}));
  charts.back().scale = scale_for(charts.back().series[0]);
  charts.push_back(chart("Speed", history.tokens + "/s",
                         {series_of("", train, &TrainPoint::tokens_per_second, false)}));
  charts.back().from_zero = true;
  return charts;
}

}  // namespace rondo
