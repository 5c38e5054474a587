#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "app/report/run_history.h"
#include "app/storage/append_file.h"
#include "app/storage/run_folder.h"

namespace rondo {

// One JSON object, without line end; numbers that are not finite become null. Nothing in them comes
// from a clock, so that two runs of the same experiment write the same.
std::string to_json_line(const TrainPoint& point);
std::string to_json_line(const ValidPoint& point);
std::string to_json_line(const GradientHealth& health);

// What a clock said of the same point: {"type":"train","update":50,"seconds":...}.
std::string timing_line(const TrainPoint& point);
std::string timing_line(const ValidPoint& point);

// Appends to metrics.jsonl {"type":"train",...}, {"type":"valid",...} and {"type":"health",...}, a
// line each, and to timings.jsonl when the points were measured. Throws DataError where a line
// cannot be written.
class MetricsLog {
 public:
  explicit MetricsLog(const RunFolder& folder);

  void add(const TrainPoint& point);
  void add(const ValidPoint& point);
  void add(const GradientHealth& health);

  // Waits until all of it is safe on disk; the bytes of metrics.jsonl.
  int64_t sync();

 private:
  AppendFile metrics_, timings_;
};

// The points in the file, with the times in timings.jsonl beside it; those of older files, which
// have them in the lines themselves, are taken from there. Lines that are not whole (the last one
// of a killed run) are passed over. A missing file has no points. null is read as not-a-number.
RunHistory read_metrics(const std::filesystem::path& path);

// Takes both files back to where they stood when a checkpoint counted on them: metrics.jsonl to
// its first `bytes`, or where these are not known (below 0, or more than there are) to the lines of
// updates up to this one. A resumed run then writes the rest again. Throws DataError.
void cut_metrics(const RunFolder& folder, int64_t bytes, int64_t update);

}  // namespace rondo
