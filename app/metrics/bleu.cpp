#include "app/metrics/bleu.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <utility>
#include <vector>

#include "app/errors.h"
#include "app/metrics/ngram_numbering.h"
#include "app/metrics/unicode_text.h"

namespace rondo {
namespace {

constexpr std::array<std::pair<BleuSmoothing, std::string_view>, 4> kSmoothingNames{{
    {BleuSmoothing::exponential, "exp"},
    {BleuSmoothing::floor, "floor"},
    {BleuSmoothing::add_k, "add-k"},
    {BleuSmoothing::none, "none"},
}};

std::u32string tokenized(std::string_view line, const BleuOptions& options) {
  std::u32string text = decode_utf8(line);
  if (options.lowercase) text = lowercase(text);
  return tokenize_mteval(strip_trailing_space(text), options.tokenizer);
}

// The hypothesis first, then the references; words as numbers.
NgramNumbering numbered_words(std::string_view hypothesis,
                              std::span<const std::string_view> references,
                              const BleuOptions& options) {
  std::vector<std::u32string> texts{tokenized(hypothesis, options)};
  for (std::string_view reference : references) texts.push_back(tokenized(reference, options));
  std::vector<std::vector<std::u32string_view>> words;
  for (const auto& text : texts) words.push_back(split_words(text));
  return NgramNumbering(number_words(words));
}

// The shorter one when two are equally close.
int64_t closest_reference_length(const NgramNumbering& numbering) {
  const int64_t wanted = numbering.total(0);
  int64_t closest = numbering.total(1);
  for (size_t i = 2; i < numbering.sequences(); ++i) {
    const int64_t length = numbering.total(i);
    const int64_t nearer = std::abs(wanted - closest) - std::abs(wanted - length);
    if (nearer > 0 || (nearer == 0 && length < closest)) closest = length;
  }
  return closest;
}

// An n-gram counts as often as the reference that has it most often.
int64_t matches_with_best_reference(const NgramNumbering& numbering) {
  std::vector<int64_t> most = numbering.counts(1);
  for (size_t i = 2; i < numbering.sequences(); ++i) {
    const auto counts = numbering.counts(i);
    std::transform(most.begin(), most.end(), counts.begin(), most.begin(),
                   [](int64_t a, int64_t b) { return std::max(a, b); });
  }
  return clipped_matches(numbering.counts(0), most);
}

double brevity_penalty(const BleuStatistics& statistics) {
  if (statistics.hypothesis_length >= statistics.reference_length) return 1;
  if (statistics.hypothesis_length == 0) return 0;
  return std::exp(1 - static_cast<double>(statistics.reference_length) /
                          static_cast<double>(statistics.hypothesis_length));
}

struct Precisions {
  std::array<double, kBleuOrder> percent{};
  int orders = 0;  // how many of them have n-grams at all
};

Precisions smoothed_precisions(const BleuStatistics& statistics, const BleuOptions& options) {
  const double value = smoothing_value(options);
  Precisions result;
  double halvings = 1;
  for (int n = 0; n < kBleuOrder; ++n) {
    const double added = options.smoothing == BleuSmoothing::add_k && n > 0 ? value : 0;
    const double matches = static_cast<double>(statistics.matches[n]) + added;
    const double ngrams = static_cast<double>(statistics.ngrams[n]) + added;
    if (ngrams == 0) break;
    result.orders = n + 1;
    if (matches > 0) {
      result.percent[n] = 100 * matches / ngrams;
    } else if (options.smoothing == BleuSmoothing::exponential) {
      halvings *= 2;
      result.percent[n] = 100 / (halvings * ngrams);
    } else if (options.smoothing == BleuSmoothing::floor) {
      result.percent[n] = 100 * value / ngrams;
    }
  }
  return result;
}

double geometric_mean(std::span<const double> values) {
  double logs = 0;
  for (double value : values) {
    if (value == 0) return 0;
    logs += std::log(value);
  }
  return std::exp(logs / static_cast<double>(values.size()));
}

}  // namespace

BleuStatistics& BleuStatistics::operator+=(const BleuStatistics& other) {
  hypothesis_length += other.hypothesis_length;
  reference_length += other.reference_length;
  for (int n = 0; n < kBleuOrder; ++n) {
    matches[n] += other.matches[n];
    ngrams[n] += other.ngrams[n];
  }
  return *this;
}

BleuStatistics bleu_statistics(std::string_view hypothesis,
                               std::span<const std::string_view> references,
                               const BleuOptions& options) {
  NgramNumbering numbering = numbered_words(hypothesis, references, options);
  BleuStatistics statistics;
  statistics.hypothesis_length = numbering.total(0);
  statistics.reference_length = closest_reference_length(numbering);
  for (int n = 0; n < kBleuOrder; ++n) {
    if (n > 0) numbering.lengthen();
    statistics.ngrams[n] = numbering.total(0);
    statistics.matches[n] = matches_with_best_reference(numbering);
  }
  return statistics;
}

BleuScore bleu_score(const BleuStatistics& statistics, const BleuOptions& options) {
  BleuScore result;
  result.statistics = statistics;
  result.brevity_penalty = brevity_penalty(statistics);
  // Without a single match nothing is smoothed.
  if (statistics.matches == std::array<int64_t, kBleuOrder>{}) return result;
  const Precisions precisions = smoothed_precisions(statistics, options);
  result.precisions = precisions.percent;
  const int orders = options.effective_order ? precisions.orders : kBleuOrder;
  result.score =
      result.brevity_penalty * geometric_mean(std::span(result.precisions).first(orders));
  return result;
}

BleuScore corpus_bleu(std::span<const std::string> hypotheses, const References& references,
                      const BleuOptions& options) {
  references.check_line_count(hypotheses.size());
  BleuStatistics sum;
  for (size_t i = 0; i < hypotheses.size(); ++i) {
    sum += bleu_statistics(hypotheses[i], references.of_line(i), options);
  }
  return bleu_score(sum, options);
}

BleuScore sentence_bleu(std::string_view hypothesis, std::span<const std::string_view> references,
                        BleuOptions options) {
  options.effective_order = true;
  return bleu_score(bleu_statistics(hypothesis, references, options), options);
}

std::string_view smoothing_name(BleuSmoothing smoothing) {
  for (const auto& [value, name] : kSmoothingNames) {
    if (value == smoothing) return name;
  }
  return "none";
}

BleuSmoothing smoothing_by_name(std::string_view name) {
  for (const auto& [value, known] : kSmoothingNames) {
    if (known == name) return value;
  }
  throw ConfigError("--smooth-method: unknown smoothing '" + std::string(name) +
                    "'; choose exp, floor, add-k or none");
}

double smoothing_value(const BleuOptions& options) {
  if (options.smoothing == BleuSmoothing::floor) return options.smoothing_value.value_or(0.1);
  if (options.smoothing == BleuSmoothing::add_k) return options.smoothing_value.value_or(1);
  return 0;
}

}  // namespace rondo
