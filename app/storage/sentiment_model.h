#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/config/experiment.h"
#include "app/storage/tensor_file.h"
#include "models/classifier.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// A classifier ready for use: all that a .rondo file of task sentiment holds.
struct SentimentModel {
  // labelled.labels, classifier.encoder.vocab_size, classifier.outputs, scoring.temperature and
  // scoring.threshold filled in.
  Experiment experiment;
  std::shared_ptr<const Tokenizer> tokenizer{};
  Classifier network{nullptr};
};

// How many logits the labels ask for: one a label; ordinal: one a step between neighbours;
// value: 1.
int64_t outputs_for(const LabelledDataOptions& data);

// As for translation (model_file.h), the tokenizer under "tokenizer.source".
TensorFile to_tensor_file(const SentimentModel& model, const std::string& history = "[]");

// Throws DataError naming the file: cut short, not Rondo's, another task ("is a model for
// translation, not for sentiment"), tokenizer, labels and weights that do not fit each other.
SentimentModel load_sentiment_model(const std::filesystem::path& path);
SentimentModel load_sentiment_model(const TensorFile& file, const std::string& where);

}  // namespace rondo
