#include "app/experiments/comparison.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/config/names.h"
#include "app/config/number_text.h"
#include "app/experiments/quantities.h"
#include "app/training/validation.h"

namespace rondo {
namespace {

using nlohmann::ordered_json;

bool is_complete(const VariantRun& run) { return run.result && run.result->complete; }

template <typename Number>
double mean(const VariantOutcome& outcome, Number RunResult::*number) {
  std::vector<double> values;
  for (const VariantRun& run : outcome.runs) {
    if (is_complete(run)) values.push_back(static_cast<double>((*run.result).*number));
  }
  return spread_of(values).mean;
}

std::string quality(const VariantOutcome& outcome, int decimals) {
  const Spread spread = quality_of(outcome);
  std::string text = fixed_digits(spread.mean, decimals);
  if (spread.count > 1) text += " ± " + fixed_digits(spread.deviation, decimals);
  return text;
}

// "2 of 3" where some are not complete.
std::string state(const VariantOutcome& outcome) {
  const auto complete = std::ranges::count_if(outcome.runs, is_complete);
  if (complete == std::ssize(outcome.runs)) return "complete";
  if (complete > 0) return std::to_string(complete) + " of " + std::to_string(outcome.runs.size());
  const auto failed = [](const VariantRun& run) { return !run.error.empty(); };
  return std::ranges::any_of(outcome.runs, failed) ? "failed" : "stopped";
}

std::string exact(double value) { return std::isfinite(value) ? number_text(value) : ""; }

std::vector<std::string> tsv_row(const Variant& variant, const VariantRun& run) {
  const RunResult none{.best = NAN, .reach = NAN, .carried_reach = NAN};
  const RunResult& result = run.result ? *run.result : none;
  return {variant.name,
          std::to_string(run.seed),
          run.error.empty() ? (is_complete(run) ? "complete" : "stopped") : "failed",
          exact(result.best),
          std::to_string(result.best_update),
          std::to_string(result.updates),
          exact(result.epochs),
          exact(result.seconds),
          exact(result.tokens_per_second),
          std::to_string(result.parameters),
          std::to_string(result.peak_resident_bytes),
          exact(result.reach),
          exact(result.carried_reach),
          result.verdict,
          run.folder.string(),
          run.error};
}

ordered_json number_or_null(double value) {
  return std::isfinite(value) ? ordered_json(value) : ordered_json();
}

ordered_json json_of(const VariantOutcome& outcome) {
  const Spread spread = quality_of(outcome);
  ordered_json runs = ordered_json::array();
  for (const VariantRun& run : outcome.runs) {
    ordered_json one{{"seed", run.seed}, {"folder", run.folder.string()}, {"error", run.error}};
    one["result"] =
        run.result ? ordered_json::parse(to_json(*run.result), nullptr, false) : ordered_json();
    runs.push_back(std::move(one));
  }
  return {{"name", outcome.variant.name},
          {"settings", outcome.variant.settings},
          {"mean", number_or_null(spread.mean)},
          {"deviation", number_or_null(spread.deviation)},
          {"seeds", spread.count},
          {"runs", std::move(runs)}};
}

}  // namespace

Spread quality_of(const VariantOutcome& outcome) {
  std::vector<double> values;
  for (const VariantRun& run : outcome.runs) {
    if (is_complete(run)) values.push_back(run.result->best);
  }
  return spread_of(values);
}

double mean_of(const VariantOutcome& outcome, double RunResult::*number) {
  return mean(outcome, number);
}
double mean_of(const VariantOutcome& outcome, int64_t RunResult::*number) {
  return mean(outcome, number);
}
double mean_of(const VariantOutcome& outcome, uint64_t RunResult::*number) {
  return mean(outcome, number);
}

std::vector<size_t> ranking_of(const Comparison& comparison) {
  std::vector<size_t> order(comparison.variants.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, [&](size_t a, size_t b) {
    return is_better(comparison.metric, quality_of(comparison.variants[a]).mean,
                     quality_of(comparison.variants[b]).mean);
  });
  return order;
}

std::string verdict_of(const VariantOutcome& outcome) {
  constexpr std::array<std::string_view, 3> kWorstFirst{"exploding", "vanishing", "healthy"};
  for (const std::string_view verdict : kWorstFirst) {
    for (const VariantRun& run : outcome.runs) {
      if (is_complete(run) && run.result->verdict == verdict) return std::string(verdict);
    }
  }
  return "-";
}

TextRows rows_of(const Comparison& comparison) {
  const MetricLook look = look_of(yaml_name(comparison.metric));
  TextRows rows{{"variant", std::string(look.title), "tokens/s", "time", "updates", "parameters",
                 "memory", "reach", "carried", "gradients", "state"}};
  for (const size_t i : ranking_of(comparison)) {
    const VariantOutcome& outcome = comparison.variants[i];
    rows.push_back({outcome.variant.name, quality(outcome, look.decimals),
                    fixed_digits(mean_of(outcome, &RunResult::tokens_per_second), 0),
                    shown_seconds(mean_of(outcome, &RunResult::seconds)),
                    fixed_digits(mean_of(outcome, &RunResult::updates), 0),
                    shown_count(mean_of(outcome, &RunResult::parameters)),
                    shown_bytes(mean_of(outcome, &RunResult::peak_resident_bytes)),
                    fixed_digits(mean_of(outcome, &RunResult::reach), 0),
                    fixed_digits(mean_of(outcome, &RunResult::carried_reach), 0),
                    verdict_of(outcome), state(outcome)});
  }
  return rows;
}

std::string to_tsv(const Comparison& comparison) {
  TextRows rows{{"variant", "seed", "state", std::string(yaml_name(comparison.metric)),
                 "best_update", "updates", "epochs", "seconds", "tokens_per_second", "parameters",
                 "peak_resident_bytes", "reach", "carried_reach", "verdict", "folder", "error"}};
  for (const VariantOutcome& outcome : comparison.variants) {
    for (const VariantRun& run : outcome.runs) rows.push_back(tsv_row(outcome.variant, run));
  }
  return tab_separated(rows);
}

std::string to_json(const Comparison& comparison) {
  ordered_json variants = ordered_json::array();
  for (const size_t i : ranking_of(comparison)) variants.push_back(json_of(comparison.variants[i]));
  const ordered_json all{{"experiment", comparison.name},
                         {"metric", yaml_name(comparison.metric)},
                         {"conclusion", conclusion_of(comparison)},
                         {"workers", comparison.workers},
                         {"variants", std::move(variants)}};
  return all.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace rondo
