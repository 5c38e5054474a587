#include "app/decoding/method_comparison.h"

#include <algorithm>
#include <cmath>

#include "app/decoding/explanation_format.h"
#include "app/metrics/classification.h"
#include "app/report/axis.h"

namespace rondo {
namespace {

constexpr double kClose = 0.7, kFair = 0.4;
constexpr std::size_t kFewWords = 4;

std::vector<double> weights_of(const Explanation& explanation, bool sizes) {
  std::vector<double> weights;
  for (const WordWeight& word : explanation.weights.words) {
    weights.push_back(sizes ? std::abs(word.weight) : word.weight);
  }
  return weights;
}

bool is_attention(const Explanation& explanation) {
  return explanation.method == ExplainMethod::attention;
}

double largest_of(const std::vector<double>& weights) {
  double largest = 0;
  for (const double weight : weights) largest = std::max(largest, std::abs(weight));
  return largest;
}

}  // namespace

std::vector<MethodAgreement> agreements_of(std::span<const Explanation> explanations) {
  std::vector<MethodAgreement> agreements;
  for (std::size_t i = 0; i < explanations.size(); ++i) {
    for (std::size_t j = i + 1; j < explanations.size(); ++j) {
      const Explanation &first = explanations[i], &second = explanations[j];
      const bool sizes = is_attention(first) || is_attention(second);
      agreements.push_back({first.method, second.method,
                            spearman(weights_of(first, sizes), weights_of(second, sizes))});
    }
  }
  return agreements;
}

double mean_agreement(std::span<const MethodAgreement> agreements) {
  double sum = 0, count = 0;
  for (const MethodAgreement& agreement : agreements) {
    if (std::isnan(agreement.correlation)) continue;
    sum += agreement.correlation;
    count += 1;
  }
  return count == 0 ? std::nan("") : sum / count;
}

std::string verdict_on(std::span<const MethodAgreement> agreements, std::size_t words) {
  if (words < kFewWords) return "too few words for a rank correlation to mean much";
  const double mean = mean_agreement(agreements);
  if (std::isnan(mean)) return "no two methods tell the words apart, so nothing can be compared";
  const std::string number = " (mean rank correlation " + fixed_number(mean, 2) + ")";
  if (mean >= kClose) return "the methods agree closely" + number;
  if (mean >= kFair) {
    return "the methods agree in part" + number + ": trust what all of them say, no more";
  }
  return "the methods hardly agree" + number + ": trust none of them alone";
}

HeatMap method_map(std::span<const Explanation> explanations) {
  HeatMap map{.full = 1};
  if (explanations.empty()) return map;
  for (const WordWeight& word : explanations.front().weights.words) map.rows.push_back(word.word);
  map.values.resize(map.rows.size());
  for (const Explanation& explanation : explanations) {
    map.columns.emplace_back(yaml_name(explanation.method));
    const std::vector<double> weights = weights_of(explanation, false);
    const double largest = largest_of(weights);
    for (std::size_t row = 0; row < map.rows.size(); ++row) {
      const double share = largest > 0 ? weights[row] / largest : 0;
      map.values[row].push_back(static_cast<float>(share));
    }
  }
  return map;
}

}  // namespace rondo
