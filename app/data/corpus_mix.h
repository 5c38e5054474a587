#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/data/options.h"
#include "app/data/parallel_corpus.h"

namespace rondo {

// One of the texts that train together: pairs [begin, begin + pairs) of the mix.
struct MixedText {
  ExtraText options{};           // of the training text itself: weight 1, no tag
  std::vector<int32_t> tag{};    // the tag's ids, which begin each source
  std::string tag_warning{};     // where the vocabulary knows no such piece
  int64_t begin = 0, pairs = 0;  // left of lines_read
  int64_t lines_read = 0, dropped_empty = 0, dropped_long = 0;
  int64_t source_pieces = 0, target_pieces = 0;
};

// The training text and the extra texts as one corpus, text after text, of which each epoch takes
// as much as the weights say.
struct CorpusMix {
  ParallelCorpus corpus{};         // counts are those of all texts
  std::vector<MixedText> texts{};  // the training text first

  // The pairs of an epoch, by (seed, epoch) alone; those of weight 2 come twice.
  std::vector<int64_t> epoch_pairs(uint64_t seed, int64_t epoch) const;
};

// Throws DataError as load_parallel_corpus does.
CorpusMix load_corpus_mix(const DataOptions& data, const Tokenizer& source_tokenizer,
                          const Tokenizer& target_tokenizer, CorpusOptions options);

// Which of so many pairs come in an epoch: all of them as often as `weight` has ones, and of its
// fraction a share in random order, each once. As long as there are others, an epoch takes pairs
// that the epochs before it left. A function of its arguments alone.
std::vector<int64_t> draw_pairs(int64_t pairs, double weight, uint64_t seed, int64_t epoch);

// How many that is of so many pairs.
int64_t pairs_an_epoch(int64_t pairs, double weight);

// The training text, then the extra texts, with their tags in ids and nothing yet read.
std::vector<MixedText> texts_of(const DataOptions& data, const Tokenizer& source_tokenizer);

// The tags of the extra texts, each once; a tokenizer trained for them has a piece for each.
std::vector<std::string> tags_of(const DataOptions& data);

// "9,998 of 10,000 pairs (1 empty and 1 over-long ones dropped), ...".
std::string counts(const MixedText& text);

// "weight 0.5: 400 pairs an epoch, each after <bt>".
std::string weight_text(const MixedText& text);

// "training text: 9,998 of 10,000 pairs ...", a line each.
std::vector<std::string> describe(const CorpusMix& mix);

}  // namespace rondo
