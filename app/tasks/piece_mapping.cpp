#include "app/tasks/piece_mapping.h"

#include <string_view>

#include "app/training/dry_run.h"
#include "tokenizers/sentencepiece_tables.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

constexpr std::string_view kSpace = "\xE2\x96\x81";  // U+2581, before a word's first piece

// U+E000, for private use: in no vocabulary, so that what comes after it is cut as a word's inside.
constexpr std::string_view kInsideWord = "\xEE\x80\x80";

std::string with_spaces(std::string_view piece) {
  std::string text;
  while (!piece.empty()) {
    const bool space = piece.starts_with(kSpace);
    text += space ? ' ' : piece.front();
    piece.remove_prefix(space ? kSpace.size() : 1);
  }
  return text;
}

// Ids of the old tokenizer, without those that only say that it does not know the text.
std::vector<int32_t> parts_of(std::string_view piece, const Tokenizer& from) {
  const bool begins_word = piece.starts_with(kSpace);
  const std::string before(begins_word ? "" : kInsideWord);
  const std::string text = before + with_spaces(piece);
  const std::vector<int32_t> ids = from.encode(text);
  const std::vector<TextSpan> spans = from.spans(text);
  std::vector<int32_t> parts;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (spans[i].begin >= before.size() && ids[i] != kUnkId) parts.push_back(ids[i]);
  }
  return parts;
}

}  // namespace

PieceMapping map_pieces(const Tokenizer& from, const Tokenizer& to) {
  PieceMapping mapping;
  const auto pieces = read_sentencepiece_tables(to.serialized()).pieces;
  for (int32_t id = 0; id < to.size(); ++id) {
    const SentencePiece& piece = pieces[static_cast<size_t>(id)];
    const int32_t same = id < kSpecialTokens ? id : from.id(piece.text);
    if (id < kSpecialTokens || same != kUnkId) {
      mapping.sources.push_back({same});
      ++mapping.by_name;
      continue;
    }
    const bool cut = piece.kind == PieceKind::normal;
    mapping.sources.push_back(cut ? parts_of(piece.text, from) : std::vector<int32_t>{});
    ++(mapping.sources.back().empty() ? mapping.fresh : mapping.from_parts);
  }
  return mapping;
}

torch::Tensor mapped_rows(const PieceMapping& mapping, const torch::Tensor& old,
                          const torch::Tensor& fresh) {
  const torch::NoGradGuard no_grad;
  torch::Tensor rows = fresh.detach().clone();
  const torch::Tensor known = old.detach().to(rows.options());
  for (size_t piece = 0; piece < mapping.sources.size(); ++piece) {
    const auto& sources = mapping.sources[piece];
    if (sources.empty()) continue;
    const auto ids = torch::tensor(sources, torch::kInt64);
    rows[static_cast<int64_t>(piece)].copy_(known.index_select(0, ids).mean(0));
  }
  return rows;
}

std::string coverage(const PieceMapping& mapping, const std::string& what) {
  return what + ": " + with_commas(mapping.by_name) + " of " +
         with_commas(static_cast<int64_t>(mapping.sources.size())) + " pieces by name, " +
         with_commas(mapping.from_parts) + " from their parts, " + with_commas(mapping.fresh) +
         " fresh";
}

}  // namespace rondo
