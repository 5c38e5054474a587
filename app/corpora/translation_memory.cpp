#include "app/corpora/translation_memory.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "app/corpora/words.h"

namespace rondo {
namespace {

constexpr uint32_t kUnknownWord = std::numeric_limits<uint32_t>::max();

double fuzzy_match(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  const size_t longer = std::max(a.size(), b.size());
  return longer == 0 ? 0 : 1 - double(edit_distance(a, b)) / double(longer);
}

std::unordered_map<uint32_t, int32_t> count_each(const std::vector<uint32_t>& words) {
  std::unordered_map<uint32_t, int32_t> counts;
  for (const uint32_t word : words) ++counts[word];
  return counts;
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
    words.push_back(vocabulary_.try_emplace(std::move(word), vocabulary_.size()).first->second);
  }
  postings_.resize(vocabulary_.size());
  for (const auto& [word, count] : count_each(words)) {
    postings_[word].push_back({uint32_t(segment), count});
  }
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

std::vector<TranslationMemory::Prospect> TranslationMemory::prospects(
    const std::vector<Word>& query) const {
  std::vector<int32_t> shared(pairs_.size(), 0);
  std::vector<float> rareness(pairs_.size(), 0);
  for (const auto& [word, count] : count_each(query)) {
    if (word == kUnknownWord) continue;
    const std::vector<Posting>& postings = postings_[word];
    const auto weight = float(std::log(double(pairs_.size()) / double(postings.size())));
    for (const Posting& posting : postings) {
      shared[posting.segment] += std::min(count, posting.count);
      rareness[posting.segment] += weight;
    }
  }
  std::vector<Prospect> prospects;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    if (shared[i] == 0) continue;
    const auto longer = double(std::max(query.size(), words_[i].size()));
    prospects.push_back({int64_t(i), shared[i] / longer, rareness[i]});
  }
  return prospects;
}

MemoryMatch TranslationMemory::find(std::string_view source) const {
  const std::vector<Word> query = known_words(source);
  std::vector<Prospect> ranked = prospects(query);
  const size_t compared = std::min(ranked.size(), size_t(options_.max_compared));
  std::partial_sort(ranked.begin(), ranked.begin() + int64_t(compared), ranked.end(),
                    [](const Prospect& a, const Prospect& b) {
                      return std::tuple(-a.bound, -a.rareness, a.segment) <
                             std::tuple(-b.bound, -b.rareness, b.segment);
                    });
  MemoryMatch best;
  double best_rareness = -1;
  for (size_t i = 0; i < compared && ranked[i].bound >= best.score; ++i) {
    const Prospect& prospect = ranked[i];
    const double score = fuzzy_match(query, words_[size_t(prospect.segment)]);
    if (std::pair(score, prospect.rareness) > std::pair(best.score, best_rareness)) {
      best = {prospect.segment, score};
      best_rareness = prospect.rareness;
    }
  }
  return best;
}

}  // namespace rondo
