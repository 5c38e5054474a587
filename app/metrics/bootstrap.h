#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

// Bootstrap resampling of test sets (Koehn 2004), with sacreBLEU's conventions.
namespace rondo {

struct BootstrapOptions {
  int64_t samples = 1000;
  uint64_t seed = 12345;
};

// Additive statistics, a row a sentence, counted once however often lines are drawn.
struct StatisticsTable {
  size_t width = 0;
  std::vector<double> values;  // [sentences * width]

  size_t sentences() const { return width == 0 ? 0 : values.size() / width; }
  std::span<const double> row(size_t i) const {
    return std::span(values).subspan(i * width, width);
  }
  std::vector<double> sum() const;
};

using StatisticsScore = std::function<double(std::span<const double>)>;

// The score of each resampled test set. The same options draw the same lines from every table of
// the same length: that is what makes a test paired.
std::vector<double> resampled_scores(const StatisticsTable& table, const StatisticsScore& score,
                                     const BootstrapOptions& options);

struct Confidence {
  double mean = 0;
  double half_width = 0;  // of the 95% interval
};

Confidence confidence_of(std::vector<double> scores);

// How likely at least this difference is by chance. Both lists come from the same resampled sets.
double paired_p_value(std::span<const double> baseline, std::span<const double> system,
                      double difference);

}  // namespace rondo
