#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "app/data/chunked_text.h"
#include "app/data/corpus_mix.h"
#include "app/streaming/kept_tokens.h"

namespace rondo {

struct SourceAndTarget {
  std::shared_ptr<const Tokenizer> source, target;
};

// One of the texts that train together, too large to be in memory: its pairs as ids, a chunk of
// neighbours at a time.
class StreamedText {
 public:
  StreamedText(MixedText text, int64_t chunk_pairs, const SourceAndTarget& tokenizers,
               CorpusOptions options, std::shared_ptr<News> news);

  // Its counts are of what is read so far, each chunk once.
  MixedText text() const;
  int64_t pairs() const { return lines_->pairs(); }
  int64_t chunks() const { return lines_->chunks(); }
  bool any_order() const { return lines_->any_order(); }
  // Cuts it into chunks of so many pairs instead.
  void cut_anew(int64_t chunk_pairs);

  // The ids of its usable pairs, with the tag; the lines too with keep_text, which takes no cache.
  // From any thread.
  ParallelCorpus chunk(int64_t number, int64_t num_threads) const;
  // The same without counting or keeping.
  ParallelCorpus read_chunk(int64_t number, int64_t num_threads) const;

  CacheIdentity identity() const;
  // From now on the ids are kept in that folder. bytes_a_pair: about how many they take.
  void keep_tokens_in(const std::filesystem::path& folder, double bytes_a_pair);

 private:
  void count(int64_t number, const ParallelCorpus& chunk) const;

  SourceAndTarget tokenizers_;
  CorpusOptions options_;
  std::shared_ptr<News> news_;
  std::unique_ptr<ChunkedText> lines_;
  mutable std::mutex mutex_;
  mutable MixedText text_;
  mutable std::vector<bool> counted_;  // by chunk
  mutable int64_t to_count_ = 0;       // chunks
  std::unique_ptr<KeptTokens> kept_;
};

}  // namespace rondo
