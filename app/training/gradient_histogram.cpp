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

// The counts of all buckets between the least and the greatest number, empty ones joined to the
// next one up, so that each bucket still ends where it says.
void add_buckets(const torch::Tensor& counts, Histogram& histogram) {
  const auto at = counts.accessor<int64_t, 1>();
  const std::vector<double>& bounds = all_bounds();
  for (int64_t bucket = 0; bucket < counts.size(0); ++bucket) {
    if (at[bucket] == 0) {
      const bool begun = !histogram.bounds.empty();
      const bool first_of_run = begun && histogram.counts.back() != 0;
      const bool ended = bucket + 1 == counts.size(0);
      if (begun && !ended && first_of_run) {
        histogram.bounds.push_back(bounds[static_cast<size_t>(bucket)]);
        histogram.counts.push_back(0);
      } else if (begun && !ended) {
        histogram.bounds.back() = bounds[static_cast<size_t>(bucket)];
      }
      continue;
    }
    const bool beyond = bucket >= static_cast<int64_t>(bounds.size());
    histogram.bounds.push_back(beyond ? histogram.maximum : bounds[static_cast<size_t>(bucket)]);
    histogram.counts.push_back(static_cast<double>(at[bucket]));
  }
  while (!histogram.counts.empty() && histogram.counts.back() == 0) {
    histogram.counts.pop_back();
    histogram.bounds.pop_back();
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
