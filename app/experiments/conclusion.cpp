#include <algorithm>
#include <cmath>

#include "app/config/names.h"
#include "app/experiments/comparison.h"
#include "app/training/validation.h"

namespace rondo {
namespace {

std::string shown(const Comparison& comparison, double value) {
  return fixed_digits(value, look_of(yaml_name(comparison.metric)).decimals);
}

std::string title(const Comparison& comparison) {
  return std::string(look_of(yaml_name(comparison.metric)).title);
}

// What two trainings that differ in their seed alone may differ by: experience with small models,
// for want of a measurement.
double usual_difference(Metric metric, double value) {
  switch (metric) {
    case Metric::bleu:
    case Metric::chrf:
      return 1.0;
    case Metric::loss:
    case Metric::ppl:
    case Metric::mae:
    case Metric::rmse:
      return 0.02 * std::abs(value);
    default:
      return 0.01;
  }
}

std::string several_seeds(const Comparison& comparison, const Spread& best, const Spread& next,
                          double difference) {
  std::vector<Spread> groups;
  for (const VariantOutcome& outcome : comparison.variants) groups.push_back(quality_of(outcome));
  const PooledDeviation deviation = pooled_deviation(groups);
  const double chance = chance_difference(deviation, best.count, next.count);
  const std::string limit = shown(comparison, chance);
  const std::string measured = " (95%, from a spread of " + shown(comparison, deviation.value) +
                               " between seeds, " + std::to_string(deviation.freedom) +
                               " degrees of freedom)";
  if (!(difference > chance)) {
    return "That is within the spread of seeds: differences under " + limit + " may be chance" +
           measured + ".";
  }
  std::string text = "That is more than the spread of seeds explains: chance alone stays under " +
                     limit + measured + ".";
  if (comparison.variants.size() > 2) {
    text += " The best of " + std::to_string(comparison.variants.size()) +
            " was picked by looking, so a difference just above that proves little.";
  }
  return text;
}

std::string one_seed(const Comparison& comparison, double best) {
  return "One seed each: differences under " +
         shown(comparison, usual_difference(comparison.metric, best)) + " " + title(comparison) +
         " may be chance (a rule of thumb; several seeds, by --seeds, would measure it).";
}

struct Standing {
  std::string name{};
  Spread quality{};
};

// Of the variants that have a number, the best first.
std::vector<Standing> standings(const Comparison& comparison) {
  std::vector<Standing> known;
  for (const size_t i : ranking_of(comparison)) {
    const VariantOutcome& outcome = comparison.variants[i];
    const Spread quality = quality_of(outcome);
    if (quality.count > 0) known.push_back({outcome.variant.name, quality});
  }
  return known;
}

std::string measured(const Comparison& comparison, const Spread& quality) {
  return title(comparison) + " " + shown(comparison, quality.mean) +
         (quality.count > 1 ? " (mean of " + std::to_string(quality.count) + " seeds)" : "");
}

std::string alone(const Comparison& comparison, const Standing& only) {
  std::string text = only.name + ": " + measured(comparison, only.quality);
  if (only.quality.count > 1) {
    text += ", with a spread of " + shown(comparison, only.quality.deviation) + " between seeds";
  }
  return text + (comparison.variants.size() > 1 ? "; nothing else is complete." : ".");
}

std::string order_of(const Comparison& comparison, const Standing& best, const Standing& next) {
  const double difference = std::abs(best.quality.mean - next.quality.mean);
  const std::string value = measured(comparison, best.quality);
  if (difference == 0) return best.name + " and " + next.name + " are equal: " + value + ". ";
  return best.name + " is best: " + value + ", " + shown(comparison, difference) +
         (is_better(comparison.metric, 1, 0) ? " above " : " below ") + next.name + ". ";
}

}  // namespace

std::string conclusion_of(const Comparison& comparison) {
  const std::vector<Standing> known = standings(comparison);
  if (known.empty()) return "No training is complete, so nothing can be compared.";
  const Standing& best = known.front();
  if (known.size() == 1) return alone(comparison, best);
  const Standing& next = known[1];
  const double difference = std::abs(best.quality.mean - next.quality.mean);
  const bool seeded =
      std::ranges::any_of(known, [](const Standing& one) { return one.quality.count > 1; });
  return order_of(comparison, best, next) +
         (seeded ? several_seeds(comparison, best.quality, next.quality, difference)
                 : one_seed(comparison, best.quality.mean));
}

}  // namespace rondo
