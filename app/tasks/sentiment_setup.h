#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/storage/sentiment_model.h"

namespace rondo {

// A new classifier for an experiment: labels found in its training text where none are given, a
// tokenizer trained on that text, and a network with fresh weights drawn from training.random_seed.
// Throws DataError for unusable text, TokenizerError where the vocabulary does not fit it. notes,
// when asked for: what there is to say of it.
SentimentModel make_sentiment_model(const Experiment& experiment,
                                    std::vector<std::string>* notes = nullptr);

// The same from an existing model file: its labels, tokenizer and weights. Throws DataError naming
// the file and the first weight that does not fit.
SentimentModel start_from_sentiment_model(const Experiment& experiment,
                                          const std::filesystem::path& model_file);

}  // namespace rondo
