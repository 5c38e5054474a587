#include "app/metrics/corpus_metric.h"

#include <cstdio>

#include "app/errors.h"

namespace rondo {
namespace {

int64_t count(double value) { return static_cast<int64_t>(value); }

class BleuMetric : public CorpusMetric {
 public:
  explicit BleuMetric(const BleuOptions& options) : options_(options) {}

  std::string name() const override { return "BLEU"; }
  std::string signature(const SignatureContext& context) const override {
    return rondo::signature(options_, context);
  }

  // Hypothesis length, reference length, matches, n-grams.
  std::vector<double> statistics(std::string_view hypothesis,
                                 std::span<const std::string_view> references) const override {
    const BleuStatistics counted = bleu_statistics(hypothesis, references, options_);
    std::vector<double> row{static_cast<double>(counted.hypothesis_length),
                            static_cast<double>(counted.reference_length)};
    row.insert(row.end(), counted.matches.begin(), counted.matches.end());
    row.insert(row.end(), counted.ngrams.begin(), counted.ngrams.end());
    return row;
  }

  double score(std::span<const double> sum) const override { return full_score(sum).score; }

  Numbers parts(std::span<const double> sum) const override {
    const BleuScore bleu = full_score(sum);
    Numbers numbers;
    for (int n = 0; n < kBleuOrder; ++n) {
      numbers.emplace_back("precision_" + std::to_string(n + 1), bleu.precisions[n]);
    }
    numbers.insert(numbers.end(), {{"brevity_penalty", bleu.brevity_penalty},
                                   {"hypothesis_length", sum[0]},
                                   {"reference_length", sum[1]}});
    return numbers;
  }

  std::string details(std::span<const double> sum) const override {
    const BleuScore bleu = full_score(sum);
    const auto& p = bleu.precisions;
    char text[160];
    std::snprintf(text, sizeof text,
                  "%.1f/%.1f/%.1f/%.1f (BP = %.3f ratio = %.3f hyp_len = %.0f ref_len = %.0f)",
                  p[0], p[1], p[2], p[3], bleu.brevity_penalty, sum[1] > 0 ? sum[0] / sum[1] : 0,
                  sum[0], sum[1]);
    return text;
  }

 private:
  BleuScore full_score(std::span<const double> sum) const {
    BleuStatistics statistics{.hypothesis_length = count(sum[0]),
                              .reference_length = count(sum[1])};
    for (int n = 0; n < kBleuOrder; ++n) {
      statistics.matches[n] = count(sum[2 + n]);
      statistics.ngrams[n] = count(sum[2 + kBleuOrder + n]);
    }
    return bleu_score(statistics, options_);
  }

  BleuOptions options_;
};

class ChrfMetric : public CorpusMetric {
 public:
  explicit ChrfMetric(const ChrfOptions& options) : options_(options) {}

  std::string name() const override {
    return "chrF" + std::to_string(options_.beta) + std::string(options_.word_order, '+');
  }
  std::string signature(const SignatureContext& context) const override {
    return rondo::signature(options_, context);
  }

  // Hypothesis, reference, matches; for each order.
  std::vector<double> statistics(std::string_view hypothesis,
                                 std::span<const std::string_view> references) const override {
    std::vector<double> row;
    for (const ChrfCounts& counts : chrf_statistics(hypothesis, references, options_)) {
      row.insert(row.end(),
                 {static_cast<double>(counts.hypothesis), static_cast<double>(counts.reference),
                  static_cast<double>(counts.matches)});
    }
    return row;
  }

  double score(std::span<const double> sum) const override {
    ChrfStatistics statistics;
    for (size_t i = 0; i < sum.size(); i += 3) {
      statistics.push_back({count(sum[i]), count(sum[i + 1]), count(sum[i + 2])});
    }
    return chrf_score(statistics, options_).score;
  }

 private:
  ChrfOptions options_;
};

class TerMetric : public CorpusMetric {
 public:
  explicit TerMetric(const TerOptions& options) : options_(options) {}

  std::string name() const override { return "TER"; }
  std::string signature(const SignatureContext& context) const override {
    return rondo::signature(options_, context);
  }

  std::vector<double> statistics(std::string_view hypothesis,
                                 std::span<const std::string_view> references) const override {
    const auto [edits, reference_length] = ter_statistics(hypothesis, references, options_);
    return {edits, reference_length};
  }

  double score(std::span<const double> sum) const override {
    return ter_score({sum[0], sum[1]}).score;
  }

  Numbers parts(std::span<const double> sum) const override {
    return {{"edits", sum[0]}, {"reference_length", sum[1]}};
  }

 private:
  TerOptions options_;
};

}  // namespace

StatisticsTable CorpusMetric::table(std::span<const std::string> hypotheses,
                                    const References& references) const {
  references.check_line_count(hypotheses.size());
  StatisticsTable table;
  for (size_t i = 0; i < hypotheses.size(); ++i) {
    const auto row = statistics(hypotheses[i], references.of_line(i));
    table.width = row.size();
    table.values.insert(table.values.end(), row.begin(), row.end());
  }
  return table;
}

std::unique_ptr<CorpusMetric> make_metric(std::string_view name, const MetricOptions& options) {
  if (name == "bleu") return std::make_unique<BleuMetric>(options.bleu);
  if (name == "ter") return std::make_unique<TerMetric>(options.ter);
  ChrfOptions chrf = options.chrf;
  chrf.word_order = name == "chrf++" ? 2 : 0;
  if (name == "chrf" || name == "chrf++") return std::make_unique<ChrfMetric>(chrf);
  throw ConfigError("--metrics: unknown metric '" + std::string(name) +
                    "'; choose from bleu, chrf, chrf++ and ter");
}

}  // namespace rondo
