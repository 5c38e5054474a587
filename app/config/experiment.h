#pragma once

#include <filesystem>
#include <string>

#include "app/data/labelled_options.h"
#include "app/data/memory_options.h"
#include "app/data/options.h"
#include "app/decoding/options.h"
#include "app/tasks/options.h"
#include "app/training/options.h"
#include "models/options.h"
#include "tokenizers/options.h"

namespace rondo {

// language_model learns an encoder for sentiment to begin with, from the same sections. memory is
// one of the classical synthetic problems, made on the fly.
enum class TaskType { translation, sentiment, language_model, memory };

// One YAML experiment, typed. Every field has its default; config/ fills it from YAML. What only
// one task has is left at its default by the other.
struct Experiment {
  std::string name{};
  TaskType task = TaskType::translation;
  std::filesystem::path model_dir{};
  DataOptions data{};              // translation
  LabelledDataOptions labelled{};  // sentiment, "data" in YAML
  MemoryOptions memory{};          // memory, "data" in YAML
  TokenizerOptions tokenizer{};
  Seq2SeqOptions model{};          // translation
  ClassifierOptions classifier{};  // sentiment, "model" in YAML
  SequenceReaderOptions reader{};  // memory, "model" in YAML
  BatchOptions batching{};         // training.batch_type, .batch_size and .random_seed
  TrainingOptions training{};
  ClassifyingOptions classifying{};  // sentiment: what its loss and calibration do
  TestingOptions testing{};          // translation
  ScoringOptions scoring{};          // sentiment, "testing" in YAML

  bool operator==(const Experiment&) const = default;
};

}  // namespace rondo
