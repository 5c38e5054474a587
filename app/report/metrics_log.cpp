#include "app/report/metrics_log.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <type_traits>
#include <vector>

#include "app/report/metric_records.h"
#include "app/storage/atomic_file.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

// Calls `take` with each line of the file that is a JSON object, and with its text.
template <typename Take>
void for_each_record(const fs::path& path, Take take) {
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const ordered_json record = ordered_json::parse(line, nullptr, false);
    if (record.is_object()) take(record, line);
  }
}

// Of the points measured at one update, the last time said: a run may have been there twice.
template <typename Point>
void join_time(const ordered_json& timing, std::vector<Point>& points) {
  const int64_t update = update_in(timing);
  const auto point = std::ranges::lower_bound(points, update, {}, &Point::update);
  if (point == points.end() || point->update != update) return;
  point->seconds = number_in(timing, "seconds");
  if constexpr (std::is_same_v<Point, TrainPoint>) {
    point->tokens_per_second = number_in(timing, "tokens_per_second");
  }
}

void keep_until(const fs::path& path, int64_t update) {
  std::string kept;
  for_each_record(path, [&](const ordered_json& record, const std::string& line) {
    if (update_in(record) <= update) kept += line + "\n";
  });
  write_file_atomically(path, kept);
}

}  // namespace

MetricsLog::MetricsLog(const RunFolder& folder)
    : metrics_(folder.metrics()), timings_(folder.timings()) {}

void MetricsLog::add(const TrainPoint& point) {
  metrics_.write(to_json_line(point) + "\n");
  timings_.write(timing_line(point) + "\n");
}

void MetricsLog::add(const ValidPoint& point) {
  metrics_.write(to_json_line(point) + "\n");
  timings_.write(timing_line(point) + "\n");
}

void MetricsLog::add(const GradientHealth& health) { metrics_.write(to_json_line(health) + "\n"); }

int64_t MetricsLog::sync() {
  metrics_.sync();
  timings_.sync();
  return metrics_.size();
}

RunHistory read_metrics(const fs::path& path) {
  RunHistory history;
  for_each_record(path, [&](const ordered_json& record, const std::string&) {
    const std::string type = text_in(record, "type");
    if (type == "train") history.train.push_back(train_point(record));
    if (type == "valid") history.valid.push_back(valid_point(record));
    if (type == "health") history.health.push_back(gradient_health(record));
  });
  for_each_record(RunFolder{path.parent_path()}.timings(),
                  [&](const ordered_json& timing, const std::string&) {
                    const std::string type = text_in(timing, "type");
                    if (type == "train") join_time(timing, history.train);
                    if (type == "valid") join_time(timing, history.valid);
                  });
  return history;
}

void cut_metrics(const RunFolder& folder, int64_t bytes, int64_t update) {
  if (fs::exists(folder.timings())) keep_until(folder.timings(), update);
  std::error_code missing;
  const auto size = static_cast<int64_t>(fs::file_size(folder.metrics(), missing));
  if (missing) return;
  if (bytes < 0 || bytes > size) return keep_until(folder.metrics(), update);
  if (bytes < size) fs::resize_file(folder.metrics(), static_cast<uintmax_t>(bytes));
}

}  // namespace rondo
