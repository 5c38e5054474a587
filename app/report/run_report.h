#pragma once

#include <filesystem>

#include "app/report/metrics_log.h"
#include "app/report/run_history.h"
#include "app/report/tensorboard_writer.h"

namespace rondo {

// What a run leaves for its reader: metrics.jsonl and TensorBoard events as they are measured,
// report.html at each validation.
class RunReport {
 public:
  // history names the run; its points, up to `resumed_at` updates, are taken from the folder's
  // metrics.jsonl (none when training starts anew at 0). Throws DataError.
  RunReport(const std::filesystem::path& run_folder, RunHistory history, int64_t resumed_at = 0);

  void add(const TrainPoint& point);
  void add(const ValidPoint& point);

  const RunHistory& history() const { return history_; }

 private:
  std::filesystem::path folder_;
  RunHistory history_;
  MetricsLog metrics_;
  TensorboardWriter tensorboard_;
};

}  // namespace rondo
