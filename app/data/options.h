#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rondo {

// One parallel text: the files PREFIX.SRC and PREFIX.TRG (or the same with .gz), or named outright.
struct ParallelFiles {
  std::string source;
  std::string target;

  bool operator==(const ParallelFiles&) const = default;
};

// More text to learn from beside the training text: another domain, or back-translations.
struct ExtraText {
  ParallelFiles files{};
  double weight = 1.0;  // how often each pair comes an epoch on average; new draws each epoch
  std::string tag{};    // put before each source line, as <bt> (Caswell et al. 2019); empty = none

  bool operator==(const ExtraText&) const = default;
};

// Whether the training text is held in memory or read anew each epoch, a block at a time.
enum class Streaming { automatic, always, never };  // true and false in YAML

struct DataOptions {
  ParallelFiles train, dev, test;              // test may be empty
  std::vector<ExtraText> extra{};              // more training text
  Streaming streaming = Streaming::automatic;  // automatic: what would need more than max_memory
  int64_t max_memory = 256;  // megabytes that a text in memory may take, by the size of its files
  int64_t block_size = 100000;  // streamed pairs that are shuffled together, cut into batches of
                                // like lengths, and in memory at once
  std::string token_cache = "auto";  // the folder that keeps the ids of a streamed text; "auto" =
                                     // model_dir; "none" = not kept, read as text each epoch
  std::string src_lang, trg_lang;
  int64_t src_max_length = 100;  // tokens; longer training pairs are dropped and counted
  int64_t trg_max_length = 100;

  bool operator==(const DataOptions&) const = default;
};

enum class BatchType { token, sentence };

struct BatchOptions {
  BatchType batch_type = BatchType::token;
  int64_t batch_size = 1200;  // target tokens with padding, or sentence pairs, an update's batch
  uint64_t random_seed = 42;  // batch order comes from (random_seed, epoch) alone

  bool operator==(const BatchOptions&) const = default;
};

}  // namespace rondo
