#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/data/corpus_mix.h"
#include "app/streaming/streamed_text.h"

namespace rondo {

struct StreamingOptions {
  DataOptions data{};
  CorpusOptions corpus{};
  uint64_t seed = 42;   // the order comes from (seed, epoch) alone
  bool sample = false;  // segmentations drawn anew each epoch (tokenizer.alpha)
};

// Neighbouring pairs of one of the texts.
struct ChunkPlace {
  size_t text = 0;
  int64_t chunk = 0;
};

// The training text and the extra texts as corpus_mix.h has them, but of any size: an epoch takes
// all chunks of all texts in random order, and hands on the pairs of many of them at a time, a
// block, to be shuffled and cut into batches. What a block holds does not depend on whether its
// tokens were kept or read anew.
class StreamedMix {
 public:
  // Passes over each text once, and reads a sample of the first. Throws DataError as
  // load_parallel_corpus does of the files.
  StreamedMix(const StreamingOptions& options, const SourceAndTarget& tokenizers);

  int64_t blocks() const;  // an epoch
  // The pairs of a block by (seed, epoch, block) alone, as often as the weights say.
  ParallelCorpus block(int64_t epoch, int64_t block) const;

  // Some pairs of the training text, from all over it where it may be read in any order.
  const ParallelCorpus& sample() const { return sample_; }
  // Of all texts, an epoch, as far as the sample tells.
  int64_t expected_pairs() const;
  int64_t lines() const;  // of all texts
  // A line each.
  std::vector<std::string> describe() const;

  // Keeps the ids there (data.token_cache names another folder) when training begins.
  void keep_tokens_in(const std::filesystem::path& run_folder);
  std::vector<std::string> news() { return news_->take(); }

 private:
  std::vector<ChunkPlace> plan(int64_t epoch) const;
  void cut_small_texts();
  void read_sample();
  double kept_share() const;
  std::vector<int64_t> drawn(const ChunkPlace& place, int64_t pairs, int64_t epoch) const;

  StreamingOptions options_;
  SourceAndTarget tokenizers_;
  std::shared_ptr<News> news_ = std::make_shared<News>();
  std::vector<std::unique_ptr<StreamedText>> texts_;
  ParallelCorpus sample_;
  mutable std::atomic<bool> waited_for_ = true;  // training waits for the first block, on all cores
};

}  // namespace rondo
