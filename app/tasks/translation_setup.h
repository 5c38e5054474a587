#pragma once

#include <string>

#include "app/config/experiment.h"
#include "app/storage/model_file.h"

namespace rondo {

// A new model for an experiment: tokenizers trained on its training text (one for both sides when
// joint), and a network with fresh weights drawn from training.random_seed. Throws DataError for
// unusable text, TokenizerError where the vocabulary does not fit the text.
TranslationModel make_translation_model(const Experiment& experiment);

// The same from an existing model file: its tokenizers, its weights, and a network as the
// experiment asks for. Throws DataError naming the file and the first weight that does not fit.
TranslationModel start_from_model(const Experiment& experiment,
                                  const std::filesystem::path& model_file);

}  // namespace rondo
