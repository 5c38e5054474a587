#include "app/training/run_models.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/config/names.h"
#include "app/errors.h"
#include "app/metrics/metric_record.h"
#include "app/storage/tensor_header.h"
#include "app/training/validation.h"

namespace fs = std::filesystem;

namespace rondo {
namespace {

// 792 of "best-792.rondo" with the beginning "best-".
std::optional<int64_t> number_in_name(const std::string& name, const std::string& beginning) {
  constexpr std::string_view kEnding = ".rondo";
  if (!name.starts_with(beginning) || !name.ends_with(kEnding)) return std::nullopt;
  const char* const begin = name.data() + beginning.size();
  const char* const end = name.data() + name.size() - kEnding.size();
  int64_t number = 0;
  const auto [stop, error] = std::from_chars(begin, std::max(begin, end), number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

std::vector<RunModel> numbered_models(const fs::path& folder, const std::string& beginning) {
  std::vector<RunModel> models;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto number = number_in_name(entry.path().filename().string(), beginning);
    if (number) models.push_back({.path = entry.path(), .number = *number});
  }
  std::ranges::sort(models, std::greater<>(), &RunModel::number);
  for (RunModel& model : models) model.values = last_values(model.path);
  return models;
}

}  // namespace

std::vector<RunModel> models_of_run(const fs::path& folder) {
  auto models = numbered_models(folder, "best-");
  if (models.empty()) models = numbered_models(folder, "snapshot-");
  if (!models.empty()) return models;
  throw DataError(folder.string() +
                  ": holds no best-*.rondo or snapshot-*.rondo; train with "
                  "training.keep_best_ckpts or training.cosine_cycles above 1 to keep several");
}

std::map<std::string, std::string> metadata_of(const fs::path& model_file) {
  std::ifstream in(model_file, std::ios::binary);
  std::error_code error;
  const uint64_t size = fs::file_size(model_file, error);
  if (!in || error) throw DataError(model_file.string() + ": cannot be read");
  return read_tensor_header(in, size, model_file.string()).metadata;
}

MetricValues last_values(const fs::path& model_file) {
  const auto metadata = metadata_of(model_file);
  const auto text = metadata.find("history");
  if (text == metadata.end()) return {};
  const auto records = nlohmann::ordered_json::parse(text->second, nullptr, false);
  const bool known = records.is_array() && !records.empty() && records.back().is_object();
  return known ? metrics_in(records.back()) : MetricValues{};
}

void sort_by_metric(std::vector<RunModel>& models, Metric metric) {
  std::ranges::stable_sort(models, [&](const RunModel& one, const RunModel& other) {
    return is_better(metric, value_of(one.values, yaml_name(metric)),
                     value_of(other.values, yaml_name(metric)));
  });
}

}  // namespace rondo
