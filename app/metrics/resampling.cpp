#include "app/metrics/resampling.h"

#include <algorithm>
#include <cmath>

#include "app/metrics/pcg64.h"

namespace rondo {
namespace {

void draw(Pcg64& random, std::vector<uint32_t>& times) {
  std::fill(times.begin(), times.end(), 0u);
  const auto examples = static_cast<uint32_t>(times.size());
  for (uint32_t i = 0; i < examples; ++i) ++times[random.below(examples)];
}

void set_interval(Measured& measured, std::vector<double>& resampled) {
  if (resampled.empty() || std::isnan(measured.value)) return;
  std::sort(resampled.begin(), resampled.end());
  const size_t tail = resampled.size() / 40;
  measured.low = resampled[tail];
  measured.high = resampled[resampled.size() - tail - 1];
}

}  // namespace

std::vector<Measured> with_intervals(int64_t examples, const ScoresOfDraws& scores,
                                     const BootstrapOptions& options) {
  std::vector<Measured> measured;
  for (double value : scores({})) measured.push_back({.value = value});
  std::vector<std::vector<double>> resampled(measured.size());  // [metric][sample]
  std::vector<uint32_t> times(static_cast<size_t>(examples));
  Pcg64 random(options.seed);
  for (int64_t sample = 0; sample < options.samples && examples > 0; ++sample) {
    draw(random, times);
    const std::vector<double> values = scores(times);
    for (size_t m = 0; m < values.size(); ++m) {
      if (!std::isnan(values[m])) resampled[m].push_back(values[m]);
    }
  }
  for (size_t m = 0; m < measured.size(); ++m) set_interval(measured[m], resampled[m]);
  return measured;
}

}  // namespace rondo
