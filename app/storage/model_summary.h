#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/metrics/metric_values.h"

namespace rondo {

struct PartSize {
  std::string name;     // "encoder.forward_0": the parameters' common prefix
  int64_t numbers = 0;  // parameters in it
  int64_t bytes = 0;
};

struct TokenizerSummary {
  std::string side;  // "joint", "source", "target"; "text" of a classifier
  std::string type;  // "unigram", "bpe", "char", "word"
  int64_t pieces = 0;
  int64_t bytes = 0;
};

struct ValidationSummary {
  int64_t update = 0;
  double epoch = 0, seconds = 0;
  MetricValues values{};
};

// What a model file or checkpoint holds, without building its network.
struct ModelSummary {
  std::filesystem::path path{};
  std::string name{}, task{}, format{};
  bool is_checkpoint = false;
  int64_t file_bytes = 0;
  std::vector<PartSize> parts{};  // of the model, in the order of their names
  PartSize total{.name = "total"};
  int64_t training_bytes = 0;  // of a checkpoint: optimizer, averages, random states
  std::vector<TokenizerSummary> tokenizers{};
  std::vector<ValidationSummary> history{};
  std::string config{};  // effective YAML
};

// A model file, a checkpoint, or a run folder, whose best model is taken. Throws DataError.
ModelSummary summarise_model(const std::filesystem::path& path);

// Tables for a reader; the same as JSON for programs.
std::string to_text(const ModelSummary& summary);
std::string to_json(const ModelSummary& summary);

// 1234567 as "1,234,567".
std::string grouped_digits(int64_t number);

}  // namespace rondo
