#pragma once

#include <memory>
#include <string>

#include "tokenizers/options.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// A tokenizer from the bytes of a SentencePiece model whose special tokens have the ids of
// special_tokens.h. Throws TokenizerError when the bytes are no such model.
//
// encode_sampled uses `sampling.alpha` and `sampling.nbest_size`; with alpha 0, and for character
// and word models, which have one segmentation only, it is encode. Its generator belongs to the
// thread, so calls are not repeatable one by one; encode_all_sampled of bulk_encoding.h is.
std::shared_ptr<const Tokenizer> load_tokenizer(std::string serialized_model,
                                                const TokenizerOptions& sampling = {});

}  // namespace rondo
