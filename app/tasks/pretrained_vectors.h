#pragma once

#include <torch/torch.h>

#include <string>

#include "tokenizers/tokenizer.h"

namespace rondo {

// Begins learning with the vectors of a file (see app/data/word_vectors.h) for every word of the
// vocabulary that the file has; other words and the special tokens keep theirs. `path` may lack its
// ".gz". `weights` is the embedding, or one a member of an ensemble, each [vocab, dim] and freshly
// drawn; they are written in place.
//
// Returns "pretrained vectors: 7,912 of 8,000 words found in FILE". Throws ConfigError, beginning
// with training.pretrained_vectors, where the vocabulary is not one of whole words or the file's
// vectors are of another size; DataError where the file cannot be used.
std::string load_pretrained_vectors(const std::string& path, const Tokenizer& tokenizer,
                                    torch::TensorList weights);

}  // namespace rondo
