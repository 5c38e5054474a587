#include "app/decoding/joined_translation.h"

#include <algorithm>

#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

void append_pieces(std::span<const int32_t> ids, const Tokenizer& tokenizer, bool ended,
                   std::vector<std::string>& pieces) {
  for (const int32_t id : ids) pieces.push_back(tokenizer.piece(id));
  if (ended) pieces.emplace_back(kEosPiece);
}

// The rows of a part's attention, widened by zeros for the source pieces of the other parts.
void append_attention(const Hypothesis& found, size_t source_begin, size_t source_size,
                      std::vector<std::vector<float>>& attention) {
  for (const auto& weights : found.attention) {
    auto& row = attention.emplace_back(source_size, 0.0f);
    std::copy(weights.begin(), weights.end(), row.begin() + static_cast<int64_t>(source_begin));
  }
}

std::string without_line_breaks(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

Translation join(std::span<const SearchedPart> parts, size_t rank, const Tokenizer& source,
                 const Tokenizer& target) {
  Translation joined;
  std::vector<int32_t> ids;
  size_t source_size = 0;
  for (const auto& part : parts) source_size += part.source.size() + 1;
  for (const auto& part : parts) {
    const Hypothesis& found = part.found[std::min(rank, part.found.size() - 1)];
    append_attention(found, joined.source_pieces.size(), source_size, joined.attention);
    append_pieces(part.source, source, true, joined.source_pieces);
    append_pieces(found.ids, target, found.token_log_probs.size() > found.ids.size(),
                  joined.target_pieces);
    ids.insert(ids.end(), found.ids.begin(), found.ids.end());
    joined.token_log_probs.insert(joined.token_log_probs.end(), found.token_log_probs.begin(),
                                  found.token_log_probs.end());
    joined.log_prob += found.log_prob;
    joined.score += found.score;
  }
  joined.text = without_line_breaks(target.decode(ids));
  return joined;
}

}  // namespace

std::vector<Translation> join_parts(std::span<const SearchedPart> parts, const Tokenizer& source,
                                    const Tokenizer& target) {
  if (parts.empty()) return {Translation{}};
  size_t count = 0;
  for (const auto& part : parts) count = std::max(count, part.found.size());
  std::vector<Translation> translations;
  for (size_t rank = 0; rank < count; ++rank) {
    translations.push_back(join(parts, rank, source, target));
  }
  return translations;
}

}  // namespace rondo
