#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tokenizers/sentencepiece_tables.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// A unigram SentencePiece model of these pieces behind the four special tokens, which leaves text
// as it is: the first of `pieces` has id 4. Scores are equal, so fewer pieces are better.
std::shared_ptr<const Tokenizer> handmade_tokenizer(const std::vector<SentencePiece>& pieces);

// The same of plain pieces.
std::shared_ptr<const Tokenizer> handmade_tokenizer(const std::vector<std::string>& pieces);

}  // namespace rondo
