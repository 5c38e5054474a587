#include "tokenizers/torchscript/segmentation_tables.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "tokenizers/special_tokens.h"

namespace rondo {

std::string with_space_bytes(std::string text) {
  for (size_t at = text.find(kSpaceText); at != std::string::npos; at = text.find(kSpaceText, at)) {
    text.replace(at, kSpaceText.size(), 1, '\xFF');
  }
  return text;
}

bool is_one_character(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin() + 1, text.end(), [](char byte) { return (byte & 0xC0) == 0x80; });
}

bool is_text(const SentencePiece& piece) {
  return piece.kind == PieceKind::normal || piece.kind == PieceKind::user_defined;
}

DoubleArray piece_trie(const SentencePieceTables& model) {
  const bool characters = model.model_type == TokenizerModel::character;
  std::vector<DoubleArrayKey> keys;
  for (size_t id = 0; id < model.pieces.size(); ++id) {
    const SentencePiece& piece = model.pieces[id];
    const bool symbol = piece.kind == PieceKind::user_defined;
    if (!is_text(piece) || (characters && !symbol && !is_one_character(piece.text))) continue;
    keys.push_back({with_space_bytes(piece.text), static_cast<int32_t>(id)});
  }
  return build_double_array(std::move(keys));
}

DoubleArray symbol_trie(const SentencePieceTables& model) {
  std::vector<DoubleArrayKey> keys;
  for (size_t id = 0; id < model.pieces.size(); ++id) {
    if (model.pieces[id].kind != PieceKind::user_defined) continue;
    keys.push_back({with_space_bytes(model.pieces[id].text), static_cast<int32_t>(id)});
  }
  return build_double_array(std::move(keys));
}

std::vector<double> unigram_scores(const SentencePieceTables& model) {
  float worst = std::numeric_limits<float>::max();
  float best = std::numeric_limits<float>::min();  // positive, as there
  for (const SentencePiece& piece : model.pieces) {
    if (piece.kind != PieceKind::normal) continue;
    worst = std::min(worst, piece.score);
    best = std::max(best, piece.score);
  }
  std::vector<double> scores;
  for (const SentencePiece& piece : model.pieces) {
    const bool symbol = piece.kind == PieceKind::user_defined;
    scores.push_back(symbol ? static_cast<float>(piece.text.size()) * best - 0.1 : piece.score);
  }
  scores[kUnkId] = worst - 10.0F;
  return scores;
}

std::vector<int32_t> merge_ranks(const SentencePieceTables& model) {
  std::set<float> scores;
  for (const SentencePiece& piece : model.pieces) {
    if (is_text(piece)) scores.insert(piece.score);
  }
  std::map<float, int32_t> places;
  for (const float score : scores) places.emplace(score, static_cast<int32_t>(places.size()));
  std::vector<int32_t> ranks;
  for (const SentencePiece& piece : model.pieces) {
    ranks.push_back(is_text(piece) ? places.at(piece.score) : -1);
  }
  return ranks;
}

bool has_space_inside(const SentencePieceTables& model) {
  return std::any_of(model.pieces.begin(), model.pieces.end(), [](const SentencePiece& piece) {
    return is_text(piece) && piece.text.find(kSpaceText, 1) != std::string::npos;
  });
}

std::vector<int32_t> whole_words(const SentencePieceTables& model, const Tokenizer& tokenizer) {
  std::vector<int32_t> ids;
  if (!model.add_dummy_prefix || model.treat_whitespace_as_suffix) return ids;
  for (int32_t id = kSpecialTokens; id < tokenizer.size(); ++id) {
    const SentencePiece& piece = model.pieces[id];
    if (piece.kind != PieceKind::normal || !piece.text.starts_with(kSpaceText)) continue;
    const std::vector<int32_t> found = tokenizer.encode(piece.text.substr(kSpaceText.size()));
    if (found.size() == 1 && found[0] == id) ids.push_back(id);
  }
  return ids;
}

}  // namespace rondo
