#include "app/decoding/words.h"

#include "tokenizers/special_tokens.h"

namespace rondo {

bool begins_word(std::string_view piece) { return piece.starts_with("▁"); }

std::vector<int64_t> words_of(std::span<const std::string> pieces) {
  std::vector<int64_t> words;
  int64_t word = -1;
  bool fresh = true;  // the next piece begins a word
  for (const auto& piece : pieces) {
    if (piece == kEosPiece || piece == kBosPiece || piece == kPadPiece) {
      words.push_back(-1);
      fresh = true;
      continue;
    }
    if (fresh || begins_word(piece)) ++word;
    fresh = false;
    words.push_back(word);
  }
  return words;
}

}  // namespace rondo
