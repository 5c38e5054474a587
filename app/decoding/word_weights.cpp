#include "app/decoding/word_weights.h"

#include <string_view>

#include "app/decoding/words.h"

namespace rondo {
namespace {

constexpr std::string_view kWordMark = "▁";

std::vector<std::string> split_at_spaces(const std::string& text) {
  constexpr const char* kSpaces = " \t\r\n\v\f";
  std::vector<std::string> words;
  size_t begin = text.find_first_not_of(kSpaces);
  while (begin != std::string::npos) {
    const size_t end = text.find_first_of(kSpaces, begin);
    words.push_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(kSpaces, end);
  }
  return words;
}

std::string without_mark(const std::string& piece) {
  return begins_word(piece) ? piece.substr(kWordMark.size()) : piece;
}

}  // namespace

WordWeights add_up_words(const std::string& text, std::span<const std::string> pieces,
                         std::span<const double> weights) {
  WordWeights result;
  const auto numbers = words_of(pieces);
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (numbers[i] < 0) {
      result.rest += weights[i];
      continue;
    }
    const auto word = static_cast<size_t>(numbers[i]);
    if (word >= result.words.size()) result.words.resize(word + 1);
    result.words[word].word += without_mark(pieces[i]);
    result.words[word].weight += weights[i];
  }
  const auto shown = split_at_spaces(text);
  if (shown.size() != result.words.size()) return result;
  for (size_t i = 0; i < shown.size(); ++i) result.words[i].word = shown[i];
  return result;
}

}  // namespace rondo
