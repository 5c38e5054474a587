#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/metrics/bleu.h"
#include "app/metrics/bootstrap.h"
#include "app/metrics/chrf.h"
#include "app/metrics/references.h"
#include "app/metrics/signature.h"
#include "app/metrics/ter.h"

namespace rondo {

// A metric as reports and resampling see it: statistics that add over sentences, and a score of a
// sum of them.
class CorpusMetric {
 public:
  using Numbers = std::vector<std::pair<std::string, double>>;

  virtual ~CorpusMetric() = default;
  virtual std::string name() const = 0;  // "BLEU", "chrF2", "chrF2++", "TER"
  virtual std::string signature(const SignatureContext& context) const = 0;
  virtual std::vector<double> statistics(std::string_view hypothesis,
                                         std::span<const std::string_view> references) const = 0;
  virtual double score(std::span<const double> sum) const = 0;
  virtual Numbers parts(std::span<const double> sum) const { return {}; }  // of the score, named
  virtual std::string details(std::span<const double> sum) const { return {}; }  // the same to read

  // Throws DataError when the numbers of lines differ.
  StatisticsTable table(std::span<const std::string> hypotheses,
                        const References& references) const;
};

struct MetricOptions {
  BleuOptions bleu{};
  ChrfOptions chrf{};  // word_order is set by the metric's name
  TerOptions ter{};
};

// name: bleu, chrf, chrf++ or ter. Throws ConfigError that lists them when there is none such.
std::unique_ptr<CorpusMetric> make_metric(std::string_view name, const MetricOptions& options);

}  // namespace rondo
