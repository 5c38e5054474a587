#include "app/experiments/run_progress.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "app/config/names.h"
#include "app/metrics/metric_record.h"
#include "app/metrics/metric_values.h"
#include "app/metrics/text_table.h"
#include "app/training/validation.h"

namespace rondo {

using nlohmann::ordered_json;

ProgressReader::ProgressReader(std::filesystem::path metrics, Metric metric)
    : path_(std::move(metrics)), metric_(metric) {}

const RunProgress& ProgressReader::look() {
  std::error_code error;
  const auto size = std::filesystem::file_size(path_, error);
  if (error) return progress_;
  if (size < offset_) {
    offset_ = 0;
    progress_ = {};
  }
  std::ifstream in(path_, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(offset_));
  // A line without an end is still being written.
  for (std::string line; std::getline(in, line) && !in.eof();) {
    offset_ += line.size() + 1;
    read(line);
  }
  return progress_;
}

void ProgressReader::read(const std::string& line) {
  const ordered_json record = ordered_json::parse(line, nullptr, false);
  if (!record.is_object()) return;
  const double update = number_in(record, "update"), epoch = number_in(record, "epoch");
  if (!std::isfinite(update) || std::abs(update) > 9e15) return;
  progress_.update = std::max(progress_.update, static_cast<int64_t>(update));
  if (std::isfinite(epoch)) progress_.epoch = std::max(progress_.epoch, epoch);
  if (record.value("type", ordered_json("")) != "valid") return;
  const double value = number_in(record, std::string(yaml_name(metric_)).c_str());
  if (!is_better(metric_, value, progress_.best)) return;
  progress_.best = value;
  progress_.best_update = static_cast<int64_t>(update);
}

std::string progress_text(const RunProgress& progress, Metric metric) {
  if (progress.update == 0) return "starting";
  std::string text =
      "epoch " + fixed_digits(progress.epoch, 1) + "  update " + std::to_string(progress.update);
  if (std::isnan(progress.best)) return text;
  const MetricLook look = look_of(yaml_name(metric));
  return text + "  " + std::string(look.title) + " " + fixed_digits(progress.best, look.decimals) +
         " at " + std::to_string(progress.best_update);
}

}  // namespace rondo
