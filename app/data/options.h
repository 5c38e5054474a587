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

struct DataOptions {
  ParallelFiles train, dev, test;  // test may be empty
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
