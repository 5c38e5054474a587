#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "app/corpora/segment_pair.h"

namespace rondo {

struct TranslationMemoryOptions {
  int64_t max_compared = 400;  // segments compared word by word for one query, best prospects first
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

  // The best match of source; of equal scores the one that shares the rarer words, then the
  // earlier.
  MemoryMatch find(std::string_view source) const;
  const SegmentPair& pair(int64_t segment) const { return pairs_[size_t(segment)]; }

 private:
  using Word = uint32_t;

  struct Posting {  // a segment that holds a word, and how often
    uint32_t segment;
    int32_t count;
  };

  struct Prospect {
    int64_t segment;
    double bound;     // no fuzzy match is better: words shared / words of the longer
    double rareness;  // sum over shared words of log(segments / segments that hold the word)
  };

  void index(int64_t segment);
  std::vector<Word> known_words(std::string_view text) const;
  std::vector<Prospect> prospects(const std::vector<Word>& query) const;

  SegmentPairs pairs_;
  TranslationMemoryOptions options_;
  std::unordered_map<std::string, Word> vocabulary_;
  std::vector<std::vector<Word>> words_;        // by segment
  std::vector<std::vector<Posting>> postings_;  // by word, segments ascending
};

// Words to insert, delete or exchange to make one sequence of the other (Levenshtein).
int64_t edit_distance(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b);

}  // namespace rondo
