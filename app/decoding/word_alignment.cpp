#include "app/decoding/word_alignment.h"

#include <algorithm>

#include "app/decoding/words.h"

namespace rondo {
namespace {

int64_t word_count(const std::vector<int64_t>& words) {
  return words.empty() ? 0 : *std::max_element(words.begin(), words.end()) + 1;
}

}  // namespace

std::vector<AlignedWords> align_words(std::span<const std::string> source_pieces,
                                      std::span<const std::string> target_pieces,
                                      const std::vector<std::vector<float>>& attention) {
  const auto source = words_of(source_pieces);
  const auto target = words_of(target_pieces);
  const int64_t source_words = word_count(source), target_words = word_count(target);
  std::vector<AlignedWords> alignment;
  if (source_words == 0 || attention.size() != target.size()) return alignment;
  // [target words][source words], attention summed over the pieces of both.
  std::vector<std::vector<double>> mass(target_words, std::vector<double>(source_words, 0.0));
  for (size_t t = 0; t < target.size(); ++t) {
    if (target[t] < 0) continue;
    for (size_t s = 0; s < source.size(); ++s) {
      if (source[s] >= 0) mass[target[t]][source[s]] += attention[t][s];
    }
  }
  for (int64_t word = 0; word < target_words; ++word) {
    const auto best = std::max_element(mass[word].begin(), mass[word].end());
    alignment.push_back({.source = best - mass[word].begin(), .target = word});
  }
  return alignment;
}

std::string to_moses(std::span<const AlignedWords> alignment) {
  std::string text;
  for (const auto& pair : alignment) {
    if (!text.empty()) text += ' ';
    text += std::to_string(pair.source) + '-' + std::to_string(pair.target);
  }
  return text;
}

}  // namespace rondo
