#include "app/experiments/sweep_results.h"

#include <algorithm>
#include <cmath>

#include "app/config/duration.h"
#include "app/config/names.h"
#include "app/experiments/quantities.h"
#include "app/metrics/metric_values.h"
#include "app/training/validation.h"

namespace rondo {
namespace {

MetricLook look(const Sweep& sweep) { return look_of(yaml_name(sweep.metric)); }

std::string state(const Sweep& sweep, const TrialResult& result) {
  if (!result.error.empty()) return "failed";
  if (sweep.rungs.size() == 1) return "its end";
  return to_string(sweep.rungs[static_cast<size_t>(result.rung)]);
}

}  // namespace

void add_result(Sweep& sweep, const TrialResult& result) {
  const auto known = std::ranges::find(sweep.results, result.trial, &TrialResult::trial);
  if (known == sweep.results.end()) {
    sweep.results.push_back(result);
  } else if (result.rung >= known->rung) {
    *known = result;
  }
}

std::vector<TrialResult> ranked(const Sweep& sweep) {
  std::vector<TrialResult> results = sweep.results;
  std::ranges::stable_sort(results, [&](const TrialResult& a, const TrialResult& b) {
    if (a.error.empty() != b.error.empty()) return a.error.empty();
    return is_better(sweep.metric, a.best, b.best);
  });
  return results;
}

bool has_best(const Sweep& sweep) {
  return std::ranges::any_of(sweep.results, [](const TrialResult& result) {
    return result.error.empty() && !std::isnan(result.best);
  });
}

std::string shown_values(const Sweep& sweep, int64_t trial) {
  std::string text;
  for (size_t i = 0; i < sweep.space.size(); ++i) {
    text += (i > 0 ? ", " : "") + sweep.space[i].group.label + "=" +
            sweep.values[static_cast<size_t>(trial)][i];
  }
  return text;
}

std::filesystem::path trial_folder(const Sweep& sweep, int64_t trial) {
  const std::string number = std::to_string(trial);
  return sweep.folder /
         ("trial-" + std::string(3 - std::min<size_t>(3, number.size()), '0') + number);
}

std::string conclusion_of(const Sweep& sweep) {
  const std::vector<TrialResult> results = ranked(sweep);
  if (!has_best(sweep)) return "No trial has a result.";
  const TrialResult& best = results.front();
  std::string text =
      "Best of " + counted(std::ssize(results), "trial") + ": " + std::string(look(sweep).title) +
      " " + fixed_digits(best.best, look(sweep).decimals) + " on the development text, by trial " +
      std::to_string(best.trial) + " (" + shown_values(sweep, best.trial) + ").";
  if (results.size() > 1) {
    text +=
        " The best of many is partly luck, so its value is optimistic: measure it on a text "
        "that chose nothing.";
  }
  return text;
}

TextRows rows_of(const Sweep& sweep) {
  TextRows rows{{"trial"}};
  for (const Dimension& dimension : sweep.space) rows[0].push_back(dimension.group.label);
  for (const char* head : {"at update", "updates", "time", "trained to"})
    rows[0].emplace_back(head);
  rows[0].insert(rows[0].begin() + 1, std::string(look(sweep).title) + " (dev)");
  for (const TrialResult& result : ranked(sweep)) {
    std::vector<std::string> row{std::to_string(result.trial),
                                 fixed_digits(result.best, look(sweep).decimals)};
    std::ranges::copy(sweep.values[static_cast<size_t>(result.trial)], std::back_inserter(row));
    row.push_back(std::to_string(result.best_update));
    row.push_back(std::to_string(result.updates));
    row.push_back(shown_seconds(result.seconds));
    row.push_back(state(sweep, result));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string name_of(SearchKind search) {
  switch (search) {
    case SearchKind::grid:
      return "grid";
    case SearchKind::random:
      return "random";
    case SearchKind::asha:
      break;
  }
  return "asha";
}

}  // namespace rondo
