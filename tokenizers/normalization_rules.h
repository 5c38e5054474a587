#pragma once

#include <string>
#include <string_view>

#include "tokenizers/double_array.h"

namespace rondo {

// Text that SentencePiece replaces before it segments; the longest key at a place holds.
struct NormalizationRules {
  DoubleArray keys{};   // an id is where the replacement begins in texts
  std::string texts{};  // each ends at a zero byte
};

// The rules of a SentencePiece charsmap: the size in bytes of a Darts-clone double array (Yata
// 2008), that array, and the texts. No keys for an empty charsmap. Throws TokenizerError when it is
// damaged.
NormalizationRules read_normalization_rules(std::string_view charsmap);

}  // namespace rondo
