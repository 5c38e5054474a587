#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/metrics/metric_values.h"

namespace rondo {

// What a run came to, for whoever compares runs: result.json in the run folder, replaced whenever
// training stops. It alone says whether a run is complete.
struct RunResult {
  bool complete = false;       // false: stopped on the way (--until, a signal); it can be resumed
  std::string ended{};         // why training stopped
  std::string metric{};        // what makes a validation the best: "bleu"
  double best = 0;             // its best value; not a number where no validation gave one
  MetricValues best_values{};  // all metrics of that validation
  MetricValues last_values{};  // of the last validation
  int64_t best_update = 0, updates = 0;
  double epochs = 0;
  double seconds = 0;            // of training alone
  double tokens_per_second = 0;  // over the whole of it
  int64_t parameters = 0;
  uint64_t peak_resident_bytes = 0;
  double reach = 0;  // steps; the least `total.reach` of the last diagnosis, see GradientHealth
  double carried_reach = 0;  // likewise, by the recurrence alone; not a number = not diagnosed
  std::string verdict{};     // the worst of its layers; empty = not diagnosed
};

std::string to_json(const RunResult& result);

// Nothing where the folder has none. Throws DataError naming the file when it is damaged.
std::optional<RunResult> read_run_result(const std::filesystem::path& run_folder);
// Replaced as a whole. Throws DataError.
void write_run_result(const std::filesystem::path& run_folder, const RunResult& result);

}  // namespace rondo
