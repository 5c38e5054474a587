#pragma once

#include <filesystem>
#include <string>

#include "app/data/options.h"
#include "app/decoding/options.h"
#include "app/training/options.h"
#include "models/options.h"
#include "tokenizers/options.h"

namespace rondo {

enum class TaskType { translation };  // "sentiment" joins later

// One YAML experiment, typed. Every field has its default; config/ fills it from YAML.
struct Experiment {
  std::string name;
  TaskType task = TaskType::translation;
  std::filesystem::path model_dir;
  DataOptions data;
  TokenizerOptions tokenizer;
  Seq2SeqOptions model;
  BatchOptions batching;  // training.batch_type, .batch_size and .random_seed
  TrainingOptions training;
  TestingOptions testing;

  bool operator==(const Experiment&) const = default;
};

}  // namespace rondo
