#include "app/decoding/attention_map.h"

#include "app/decoding/words.h"

namespace rondo {
namespace {

// Which pieces stand together: group[i] of piece i, from 0 on, and what they read as together.
struct PieceGroups {
  std::vector<std::size_t> of_piece{};
  std::vector<std::string> names{};
  std::vector<float> sizes{};
};

std::string without_space_sign(std::string piece) {
  if (begins_word(piece)) piece.erase(0, std::string("▁").size());
  return piece;
}

PieceGroups group_pieces(const std::vector<std::string>& pieces) {
  const std::vector<int64_t> words = words_of(pieces);
  PieceGroups groups;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const bool joins = i > 0 && words[i] >= 0 && words[i] == words[i - 1];
    if (!joins) {
      groups.names.emplace_back();
      groups.sizes.push_back(0);
    }
    groups.of_piece.push_back(groups.names.size() - 1);
    groups.names.back() += without_space_sign(pieces[i]);
    groups.sizes.back() += 1;
  }
  return groups;
}

}  // namespace

Translation in_words(const Translation& translation) {
  const PieceGroups source = group_pieces(translation.source_pieces);
  const PieceGroups target = group_pieces(translation.target_pieces);
  Translation joined = translation;
  joined.source_pieces = source.names;
  joined.target_pieces = target.names;
  joined.token_log_probs.assign(target.names.size(), 0.0f);
  joined.attention.clear();
  if (!translation.attention.empty()) {
    joined.attention.assign(target.names.size(), std::vector<float>(source.names.size(), 0.0f));
  }
  for (std::size_t t = 0; t < target.of_piece.size(); ++t) {
    const std::size_t row = target.of_piece[t];
    joined.token_log_probs[row] += translation.token_log_probs[t];
    for (std::size_t s = 0; s < source.of_piece.size() && !joined.attention.empty(); ++s) {
      joined.attention[row][source.of_piece[s]] += translation.attention[t][s] / target.sizes[row];
    }
  }
  return joined;
}

HeatMap attention_map(const Translation& translation, const std::string& title) {
  return {.title = title,
          .rows = translation.target_pieces,
          .columns = translation.source_pieces,
          .values = translation.attention,
          .full = 1};
}

}  // namespace rondo
