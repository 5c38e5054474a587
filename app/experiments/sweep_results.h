#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "app/experiments/search_space.h"
#include "app/metrics/text_table.h"
#include "app/training/options.h"

namespace rondo {

// What a trial came to at a rung.
struct TrialResult {
  int64_t trial = 0;
  int rung = 0;
  double best = std::numeric_limits<double>::quiet_NaN();  // of its validations so far
  int64_t best_update = 0, updates = 0;
  double epochs = 0, seconds = 0;  // of training
  std::string error{};             // empty = it came to where it should
};

// The state of a search over the values of some keys.
struct Sweep {
  std::string name{};  // of the experiment
  std::filesystem::path folder{};
  Metric metric = Metric::bleu;
  SearchSpace space{};
  SearchKind search = SearchKind::random;
  std::vector<Duration> rungs{};  // what each trains to; the last is the whole duration
  std::vector<std::vector<std::string>> values{};  // of each trial that is planned
  std::vector<TrialResult> results{};              // of each trial that has any: its highest rung
};

// Replaces what was known of its trial, unless that is of a higher rung.
void add_result(Sweep& sweep, const TrialResult& result);

// The best first; those that failed last.
std::vector<TrialResult> ranked(const Sweep& sweep);

// Whether any trial came to a number.
bool has_best(const Sweep& sweep);

// "learning_rate=0.001, dropout=0.2".
std::string shown_values(const Sweep& sweep, int64_t trial);

std::filesystem::path trial_folder(const Sweep& sweep, int64_t trial);

// Which trial is best so far, and why its value is optimistic.
std::string conclusion_of(const Sweep& sweep);

// A row a trial, the best first, with headings.
TextRows rows_of(const Sweep& sweep);

// "grid", "random", "asha".
std::string name_of(SearchKind search);

}  // namespace rondo
