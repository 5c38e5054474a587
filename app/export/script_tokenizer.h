#pragma once

#include <torch/script.h>

#include "tokenizers/tokenizer.h"

namespace rondo {

// The tokenizer as a TorchScript module over bytes, equal to it id for id. Methods:
//   encode(line: str) -> List[int]    without <s> and </s>; any bytes, invalid UTF-8 replaced
//   decode(ids: List[int]) -> str     special tokens vanish; never holds a line break
//   piece(id: int) -> str
//   size() -> int
// Throws TokenizerError, saying which, for a SentencePiece option that it does not have.
torch::jit::Module script_tokenizer(const Tokenizer& tokenizer);

}  // namespace rondo
