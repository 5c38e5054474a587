#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/experiments/spread.h"
#include "app/experiments/variant.h"
#include "app/metrics/text_table.h"
#include "app/storage/run_result.h"

namespace rondo {

// One training of a variant.
struct VariantRun {
  uint64_t seed = 0;
  std::filesystem::path folder{};
  std::optional<RunResult> result{};
  std::string error{};  // empty = none so far
};

struct VariantOutcome {
  Variant variant{};
  std::vector<VariantRun> runs{};  // one a seed
};

// What trainings of several variants came to.
struct Comparison {
  std::string name{};  // of the experiment
  Metric metric = Metric::bleu;
  std::vector<VariantOutcome> variants{};
  int64_t workers = 1;  // trainings at once, which shared the machine
};

// The best value of each run that is complete.
Spread quality_of(const VariantOutcome& outcome);
// The mean over those runs of another of the result's numbers.
double mean_of(const VariantOutcome& outcome, double RunResult::*number);
double mean_of(const VariantOutcome& outcome, int64_t RunResult::*number);
double mean_of(const VariantOutcome& outcome, uint64_t RunResult::*number);

// Positions of the variants, the best first; those without a number last.
std::vector<size_t> ranking_of(const Comparison& comparison);

// Which is best, by how much over the next, and whether chance alone could have made the
// difference.
std::string conclusion_of(const Comparison& comparison);

// The verdict on gradients of all its runs, the worst of them.
std::string verdict_of(const VariantOutcome& outcome);

// A row a variant, the best first, with headings: for the terminal.
TextRows rows_of(const Comparison& comparison);
// A row a run, with every number as it is.
std::string to_tsv(const Comparison& comparison);
std::string to_json(const Comparison& comparison);

}  // namespace rondo
