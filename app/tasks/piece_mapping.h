#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tokenizers/tokenizer.h"

namespace rondo {

// Where each row of a new vocabulary's embedding comes from in an old one's: the same piece, or the
// mean of the pieces that the old tokenizer cuts it into, or nowhere.
struct PieceMapping {
  std::vector<std::vector<int32_t>> sources{};  // of each new piece: old ids; empty = nowhere
  int64_t by_name = 0, from_parts = 0, fresh = 0;
};

// A piece that begins a word is cut as a word's beginning, any other as a word's inside. Special
// tokens go to those of their role; byte pieces and symbols of the user have no parts.
PieceMapping map_pieces(const Tokenizer& from, const Tokenizer& to);

// `fresh` [new pieces, ...] with every row that has sources replaced by their mean in `old`
// [old pieces, ...].
torch::Tensor mapped_rows(const PieceMapping& mapping, const torch::Tensor& old,
                          const torch::Tensor& fresh);

// "embeddings: 7,234 of 8,000 pieces by name, 701 from their parts, 65 fresh"
std::string coverage(const PieceMapping& mapping, const std::string& what = "embeddings");

}  // namespace rondo
