#include "app/corpora/translation_memory.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "app/corpora/words.h"

namespace rondo {
namespace {

constexpr uint32_t kUnknownWord = std::numeric_limits<uint32_t>::max();

double fuzzy_match(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  const size_t longer = std::max(a.size(), b.size());
  return longer == 0 ? 0 : 1 - double(edit_distance(a, b)) / double(longer);
}

std::vector<uint32_t> without_repeats(std::vector<uint32_t> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace

int64_t edit_distance(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  std::vector<int64_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    int64_t diagonal = std::exchange(row[0], int64_t(i) + 1);
    for (size_t j = 0; j < b.size(); ++j) {
      const int64_t exchanged = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({exchanged, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

TranslationMemory::TranslationMemory(SegmentPairs pairs, TranslationMemoryOptions options)
    : pairs_(std::move(pairs)), options_(options) {
  for (size_t i = 0; i < pairs_.size(); ++i) index(int64_t(i));
}

void TranslationMemory::index(int64_t segment) {
  std::vector<Word> words;
  for (std::string& word : comparable_words(pairs_[size_t(segment)].source)) {
    words.push_back(
        vocabulary_.try_emplace(std::move(word), Word(vocabulary_.size())).first->second);
  }
  segments_.resize(vocabulary_.size());
  for (const Word word : without_repeats(words)) segments_[word].push_back(uint32_t(segment));
  words_.push_back(std::move(words));
}

std::vector<TranslationMemory::Word> TranslationMemory::known_words(std::string_view text) const {
  std::vector<Word> words;
  for (const std::string& word : comparable_words(text)) {
    const auto at = vocabulary_.find(word);
    words.push_back(at == vocabulary_.end() ? kUnknownWord : at->second);
  }
  return words;
}

// Ranks by shared words, a word counting log(segments / segments that have it), over the square
// root of the segment's length. Common words are looked up only where the query has no others.
std::vector<int64_t> TranslationMemory::candidates(const std::vector<Word>& query) const {
  const auto all = double(pairs_.size());
  const auto collect = [&](double most) {
    std::unordered_map<int64_t, double> weights;
    for (const Word word : without_repeats(query)) {
      if (word == kUnknownWord || double(segments_[word].size()) > most) continue;
      const double weight = 0.01 + std::log(all / double(segments_[word].size()));
      for (const uint32_t segment : segments_[word]) weights[segment] += weight;
    }
    return weights;
  };
  auto weights = collect(options_.common_share * all);
  if (weights.empty()) weights = collect(all);

  std::vector<std::pair<double, int64_t>> ranked;  // best first: negated weight, earlier segment
  for (const auto& [segment, weight] : weights) {
    ranked.emplace_back(-weight / std::sqrt(double(words_[size_t(segment)].size())), segment);
  }
  const size_t kept = std::min(ranked.size(), size_t(options_.candidates));
  std::partial_sort(ranked.begin(), ranked.begin() + int64_t(kept), ranked.end());
  std::vector<int64_t> best;
  for (size_t i = 0; i < kept; ++i) best.push_back(ranked[i].second);
  return best;
}

MemoryMatch TranslationMemory::find(std::string_view source) const {
  const std::vector<Word> query = known_words(source);
  MemoryMatch best;
  for (const int64_t segment : candidates(query)) {
    const double score = fuzzy_match(query, words_[size_t(segment)]);
    const bool earlier = score == best.score && segment < best.segment;
    if (best.segment < 0 || score > best.score || earlier) best = {segment, score};
  }
  return best;
}

}  // namespace rondo
