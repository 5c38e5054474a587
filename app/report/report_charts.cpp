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

Chart chart(const std::string& title, const std::string& unit, std::vector<Series> series) {
  return {.title = title, .x_label = "updates", .y_label = unit, .series = std::move(series)};
}

}  // namespace

std::vector<Chart> charts_of(const RunHistory& history) {
  const auto& train = history.train;
  const auto& valid = history.valid;
  std::vector<Chart> charts{
      chart("Loss (training with label smoothing)", "nats a token",
            {series_of("train", train, &TrainPoint::loss, false),
             series_of("dev", valid, &ValidPoint::loss, true)}),
      chart("Perplexity", "exp(loss)",
            {series_of("train", train, &TrainPoint::ppl, false),
             series_of("dev", valid, &ValidPoint::ppl, true)}),
      chart("Translation quality", "dev score",
            {series_of("BLEU", valid, &ValidPoint::bleu, true),
             series_of("chrF", valid, &ValidPoint::chrf, true)}),
      chart("Learning rate", "", {series_of("", train, &TrainPoint::learning_rate, false)}),
      chart("Gradient norm", "before clipping",
            {series_of("", train, &TrainPoint::grad_norm, false)}),
      chart("Speed", "target tokens/s",
            {series_of("", train, &TrainPoint::tokens_per_second, false)})};
  for (const std::size_t from_zero : {2, 3, 5}) charts[from_zero].from_zero = true;
  for (const std::size_t wide : {1, 4}) charts[wide].scale = scale_for(charts[wide].series[0]);
  return charts;
}

}  // namespace rondo
