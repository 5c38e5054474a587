#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/metrics/metric_values.h"
#include "app/training/options.h"

namespace rondo {

// A model that a run has left beside its best one.
struct RunModel {
  std::filesystem::path path{};
  int64_t number = 0;     // best-<update>.rondo, snapshot-<number>.rondo
  MetricValues values{};  // of the last validation in its history
};

// The best-<update>.rondo of a run folder or, where there is none, its snapshot-<number>.rondo; the
// last one first. Throws DataError naming the folder where it has neither, saying how it would.
std::vector<RunModel> models_of_run(const std::filesystem::path& folder);

// The texts in a model file's header, of which it reads no more. Throws DataError naming it.
std::map<std::string, std::string> metadata_of(const std::filesystem::path& model_file);

// The values that a model file's history ends with; empty where it has none.
MetricValues last_values(const std::filesystem::path& model_file);

// The best first, by their values of this metric; equal ones stay in order.
void sort_by_metric(std::vector<RunModel>& models, Metric metric);

}  // namespace rondo
