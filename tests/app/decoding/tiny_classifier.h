#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/storage/sentiment_model.h"
#include "tests/app/decoding/letter_tokenizer.h"

namespace rondo {

struct TinyClassifierOptions {
  std::vector<std::string> labels = {"bad", "fair", "good"};
  TargetType targets = TargetType::classes;
  Pooling pooling = Pooling::attention;
};

// Random weights, always the same ones, large enough that answers differ; letters for pieces.
inline std::shared_ptr<SentimentModel> tiny_classifier(const TinyClassifierOptions& options = {}) {
  auto model = std::make_shared<SentimentModel>();
  model->tokenizer = std::make_shared<LetterTokenizer>();
  LabelledDataOptions& labelled = model->experiment.labelled;
  labelled.targets = options.targets;
  labelled.labels = options.labels;
  ClassifierOptions& sizes = model->experiment.classifier;
  sizes.encoder = {.vocab_size = model->tokenizer->size(), .embedding_dim = 8, .hidden_size = 6};
  sizes.pooling = options.pooling;
  sizes.attention_heads = 2;
  sizes.outputs = outputs_for(labelled);
  torch::manual_seed(7);
  model->network = Classifier(sizes);
  const torch::NoGradGuard no_grad;
  for (auto& parameter : model->network->parameters()) parameter.mul_(2.5);
  return model;
}

}  // namespace rondo
