#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/config/experiment.h"
#include "app/storage/model_file.h"

namespace rondo {

// A new model for an experiment: tokenizers trained on its training text (one for both sides when
// joint), and a network with fresh weights drawn from training.random_seed; with load_encoder, the
// encoder and the source tokenizer of that file. notes, when asked for: what there is to say of it.
// Throws DataError for unusable text or an encoder that does not fit, TokenizerError where the
// vocabulary does not fit the text.
TranslationModel make_translation_model(const Experiment& experiment,
                                        std::vector<std::string>* notes = nullptr);

// The same from an existing model file: its tokenizers, its weights, and a network as the
// experiment asks for. Throws DataError naming the file and the first weight that does not fit.
TranslationModel start_from_model(const Experiment& experiment,
                                  const std::filesystem::path& model_file);

// The same with tokenizers trained on the experiment's text: rows of embeddings and output layer go
// to the pieces of the same name, or of their parts.
TranslationModel start_with_new_tokenizer(const Experiment& experiment,
                                          const std::filesystem::path& model_file,
                                          std::vector<std::string>* notes = nullptr);

}  // namespace rondo
