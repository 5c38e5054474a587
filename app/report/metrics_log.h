#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "app/report/run_history.h"

namespace rondo {

// One JSON object, without line end; numbers that are not finite become null.
std::string to_json_line(const TrainPoint& point);
std::string to_json_line(const ValidPoint& point);

// metrics.jsonl: {"type":"train",...} and {"type":"valid",...}, a line each, flushed as they come.
class MetricsLog {
 public:
  // Goes on after the points of `start`, which replace what the file held. Throws DataError.
  MetricsLog(const std::filesystem::path& path, const RunHistory& start);

  template <typename Point>
  void add(const Point& point) {
    file_ << to_json_line(point) << '\n' << std::flush;
  }

 private:
  std::ofstream file_;
};

// The points in the file; lines that are not whole (the last one of a killed run) are passed over.
// A missing file has no points. null is read as not-a-number.
RunHistory read_metrics(const std::filesystem::path& path);

// Only what had been measured at this update: a run resumed from a checkpoint measures the rest
// again.
void forget_after(RunHistory& history, int64_t update);

}  // namespace rondo
