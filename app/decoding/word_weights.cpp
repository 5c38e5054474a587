#include "app/decoding/word_weights.h"

#include <algorithm>

namespace rondo {
namespace {

std::vector<TextSpan> split_at_spaces(const std::string& text) {
  constexpr const char* kSpaces = " \t\r\n\v\f";
  std::vector<TextSpan> words;
  size_t begin = text.find_first_not_of(kSpaces);
  while (begin != std::string::npos) {
    const size_t end = std::min(text.find_first_of(kSpaces, begin), text.size());
    words.push_back({begin, end});
    begin = text.find_first_not_of(kSpaces, end);
  }
  return words;
}

// Words [first, end) of a list.
struct WordRange {
  size_t first = 0, end = 0;
};

// The words a piece lies in. One that holds spaces alone belongs to the word behind it, at the end
// of the text to the last one.
WordRange words_under(const TextSpan& piece, std::span<const TextSpan> words) {
  const auto ends_later = [&](const TextSpan& word) { return word.end > piece.begin; };
  const auto found = std::ranges::find_if(words, ends_later) - words.begin();
  const size_t first = std::min(static_cast<size_t>(found), words.size() - 1);
  size_t end = first + 1;
  while (end < words.size() && words[end].begin < piece.end) ++end;
  return {first, end};
}

}  // namespace

TextWords words_of_text(const std::string& text, std::span<const TextSpan> pieces) {
  const std::vector<TextSpan> words = split_at_spaces(text);
  TextWords result;
  if (words.empty()) {
    result.of_piece.assign(pieces.size(), 0);
    if (!pieces.empty()) result.words.push_back(text);
    return result;
  }
  std::vector<WordRange> shown;
  for (const TextSpan& piece : pieces) {
    const WordRange range = words_under(piece, words);
    if (shown.empty() || range.first >= shown.back().end) shown.push_back(range);
    shown.back().end = std::max(shown.back().end, range.end);
    result.of_piece.push_back(static_cast<int64_t>(shown.size()) - 1);
  }
  for (const auto& [first, end] : shown) {
    const size_t begin = words[first].begin;
    result.words.push_back(text.substr(begin, words[end - 1].end - begin));
  }
  return result;
}

WordWeights add_up_words(const TextWords& text, std::span<const double> weights) {
  WordWeights result;
  for (const std::string& word : text.words) result.words.push_back({word, 0.0});
  for (size_t i = 0; i < weights.size(); ++i) {
    const bool in_word = i < text.of_piece.size();
    (in_word ? result.words[static_cast<size_t>(text.of_piece[i])].weight : result.rest) +=
        weights[i];
  }
  return result;
}

}  // namespace rondo
