#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tokenizers/options.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// The lines of tests/reference/tokenizer_text.txt: 41 sentences in a dozen scripts.
const std::vector<std::string>& small_text();

// Sizes that small_text allows: those of tests/reference/tokenizer_ids.py.
TokenizerOptions small_options(TokenizerModel type);

// Trained on small_text, once a test run.
std::shared_ptr<const Tokenizer> small_tokenizer(TokenizerModel type);

inline constexpr TokenizerModel kAllTokenizerModels[] = {
    TokenizerModel::unigram, TokenizerModel::bpe, TokenizerModel::character, TokenizerModel::word};

}  // namespace rondo
