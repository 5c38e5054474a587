#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/corpora/segment_pair.h"

namespace rondo {

struct TranslationMemoryOptions {
  int64_t candidates = 50;     // segments compared in full, the most promising ones
  double common_share = 0.05;  // words in more of all segments than this look up no candidates
};

struct MemoryMatch {
  int64_t segment = -1;  // index of the pair, -1 where nothing shares a word
  double score = 0;      // fuzzy match: 1 - edit distance in words / words of the longer, in [0, 1]
};

// Finds the segment most like a new one, as translators' tools do: the baseline that a trained
// model has to beat, and the measure of how near a test segment is to the training data.
class TranslationMemory {
 public:
  explicit TranslationMemory(SegmentPairs pairs, TranslationMemoryOptions options = {});

  // The best match of source; of equal scores the earlier segment.
  MemoryMatch find(std::string_view source) const;
  const SegmentPair& pair(int64_t segment) const { return pairs_[size_t(segment)]; }

 private:
  using Word = uint32_t;

  std::vector<Word> known_words(std::string_view text) const;
  std::vector<int64_t> candidates(const std::vector<Word>& query) const;
  void index(int64_t segment);

  SegmentPairs pairs_;
  TranslationMemoryOptions options_;
  std::unordered_map<std::string, Word> vocabulary_;
  std::vector<std::vector<Word>> words_;         // by segment
  std::vector<std::vector<uint32_t>> segments_;  // by word, ascending, each segment once
};

// Words to insert, delete or exchange to make one sequence of the other (Levenshtein).
int64_t edit_distance(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b);

}  // namespace rondo
