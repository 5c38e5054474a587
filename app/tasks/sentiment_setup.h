#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/storage/sentiment_model.h"

namespace rondo {

// A new classifier for an experiment: labels found in its training text where none are given, a
// tokenizer trained on that text, and a network with fresh weights drawn from training.random_seed;
// with load_encoder, encoder and tokenizer of that file. Throws DataError for unusable text or an
// encoder that does not fit, TokenizerError where the vocabulary does not fit the text. notes, when
// asked for: what there is to say of it.
SentimentModel make_sentiment_model(const Experiment& experiment,
                                    std::vector<std::string>* notes = nullptr);

// The same from an existing model file: its labels, tokenizer and weights. Throws DataError naming
// the file and the first weight that does not fit.
SentimentModel start_from_sentiment_model(const Experiment& experiment,
                                          const std::filesystem::path& model_file);

// The same with a tokenizer trained on the experiment's text: rows of the embedding go to the
// pieces of the same name, or of their parts.
SentimentModel start_sentiment_with_new_tokenizer(const Experiment& experiment,
                                                  const std::filesystem::path& model_file,
                                                  std::vector<std::string>* notes = nullptr);

}  // namespace rondo
