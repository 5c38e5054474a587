#include "app/training/gradient_histogram.h"

#include <algorithm>

namespace rondo {
namespace {

constexpr double kSmallest = 1e-9, kGreatest = 1e20, kGrowth = 1.3;

// Rising, symmetric about 0, which is one of them.
const std::vector<double>& all_bounds() {
  static const std::vector<double> bounds = [] {
    std::vector<double> positive;
    for (double bound = kSmallest; bound < kGreatest; bound *= kGrowth) positive.push_back(bound);
    std::vector<double> all;
    for (auto bound = positive.rbegin(); bound != positive.rend(); ++bound) all.push_back(-*bound);
    all.push_back(0);
    all.insert(all.end(), positive.begin(), positive.end());
    return all;
  }();
  return bounds;
}

// The buckets between the least and the greatest number, runs of empty ones joined.
void add_buckets(const torch::Tensor& counts, Histogram& histogram) {
  const auto at = counts.accessor<int64_t, 1>();
  const std::vector<double>& bounds = all_bounds();
  for (int64_t bucket = 0; bucket < counts.size(0); ++bucket) {
    const auto index = static_cast<size_t>(bucket);
    const double bound = index < bounds.size() ? bounds[index] : histogram.maximum;
    const auto count = static_cast<double>(at[bucket]);
    if (count == 0 && histogram.counts.empty()) continue;
    if (count == 0 && histogram.counts.back() == 0) {
      histogram.bounds.back() = bound;
    } else {
      histogram.bounds.push_back(bound);
      histogram.counts.push_back(count);
    }
  }
  if (histogram.counts.back() == 0) {
    histogram.bounds.pop_back();
    histogram.counts.pop_back();
  }
}

}  // namespace

Histogram histogram_of(const torch::Tensor& numbers) {
  const torch::NoGradGuard no_grad;
  auto finite = numbers.detach().to(torch::kFloat).flatten();
  finite = finite.masked_select(finite.isfinite());
  Histogram histogram;
  histogram.count = finite.numel();
  if (histogram.count == 0) return histogram;
  const auto wide = finite.to(torch::kFloat64);
  histogram.minimum = wide.min().item<double>();
  histogram.maximum = wide.max().item<double>();
  histogram.sum = wide.sum().item<double>();
  histogram.sum_of_squares = wide.square().sum().item<double>();
  const auto bounds = torch::tensor(all_bounds(), wide.options());
  const auto buckets = torch::bucketize(wide, bounds);
  add_buckets(torch::bincount(buckets, {}, bounds.size(0) + 1).cpu(), histogram);
  return histogram;
}

std::vector<NamedHistogram> histograms_of(const std::vector<NamedParameter>& parameters,
                                          const std::vector<torch::Tensor>& gradients) {
  std::vector<NamedHistogram> histograms;
  for (size_t i = 0; i < parameters.size(); ++i) {
    histograms.push_back({parameters[i].name, histogram_of(gradients[i])});
  }
  return histograms;
}

}  // namespace rondo
