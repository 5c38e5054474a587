#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "app/config/load.h"
#include "app/storage/model_file.h"
#include "app/storage/sentiment_model.h"
#include "tests/support/catch_torch.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"

namespace rondo {

// Odd and plain lines: over-long ones with and without sentence ends, empty, blank, not UTF-8.
inline const std::vector<std::string> kOddLines = {
    "the cat sleeps",
    "",
    "a dog runs. the old man reads, and rain falls! we sing.",
    "sing",
    " ",
    "\xFF\xFE",
    "a\xC3",
    "(the cat.) \"we sing.\" a train is late, is late; so",
    "catdogcatdogcatdogcatdogcatdog",
    "the cat sleeps",
    "we\tsing\r",
    "\xE7\x8A\xAC\xE3\x80\x82",
    std::string("a\0b", 3),
    "rain rain rain rain rain rain rain rain rain rain"};

inline std::shared_ptr<const Tokenizer> pieces_of(const std::vector<std::string>& lines,
                                                  int64_t size) {
  const TokenizerOptions options{.model_type = TokenizerModel::bpe, .vocab_size = size};
  return load_tokenizer(train_tokenizer(lines, options));
}

// Weights drawn from a fixed seed and made large, so that choices are clear.
template <class Network>
void enlarge(Network& network, double factor) {
  const torch::NoGradGuard no_grad;
  for (auto& parameter : network->parameters()) parameter.mul_(factor);
  network->eval();
}

inline std::shared_ptr<TranslationModel> random_translator(DecoderType type = DecoderType::gnmt,
                                                           const TestingOptions& testing = {}) {
  auto model = std::make_shared<TranslationModel>();
  model->experiment = default_experiment(TaskType::translation);
  model->experiment.testing = testing;
  model->source_tokenizer = pieces_of({"the cat sleeps", "a dog runs. the old man reads, and",
                                       "rain falls! we sing.", "(\"train is late;\")"},
                                      48);
  model->target_tokenizer = pieces_of({"il gatto dorme", "un cane corre, noi cantiamo."}, 36);
  Seq2SeqOptions& sizes = model->experiment.model;
  sizes.encoder.embedding_dim = sizes.decoder.embedding_dim = 8;
  sizes.encoder.hidden_size = 6;
  sizes.decoder.hidden_size = 10;
  sizes.decoder.type = type;
  sizes.encoder.vocab_size = model->source_tokenizer->size();
  sizes.decoder.vocab_size = model->target_tokenizer->size();
  torch::manual_seed(5);
  model->network = Seq2Seq(sizes);
  enlarge(model->network, 1.7);
  return model;
}

inline std::shared_ptr<SentimentModel> random_classifier(TargetType targets, size_t labels = 3,
                                                         const ScoringOptions& scoring = {}) {
  auto model = std::make_shared<SentimentModel>();
  model->experiment = default_experiment(TaskType::sentiment);
  model->experiment.scoring = scoring;
  LabelledDataOptions& labelled = model->experiment.labelled;
  labelled.targets = targets;
  labelled.labels = {"bad", "so, so", "good"};
  labelled.labels.resize(targets == TargetType::value ? 0 : labels);
  model->tokenizer = pieces_of({"the cat sleeps", "a dog runs. we sing."}, 36);
  ClassifierOptions& sizes = model->experiment.classifier;
  sizes.encoder.embedding_dim = 8;
  sizes.encoder.hidden_size = 6;
  sizes.encoder.vocab_size = model->tokenizer->size();
  sizes.outputs = outputs_for(labelled);
  torch::manual_seed(7);
  model->network = Classifier(sizes);
  enlarge(model->network, 2.5);
  return model;
}

}  // namespace rondo
