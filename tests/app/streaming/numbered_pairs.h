#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "app/data/options.h"
#include "app/streaming/streamed_mix.h"
#include "tests/support/temporary_folder.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// Words are numbers, and ids the same numbers; a word that is none, as <bt>, is 1.
class NumberTokenizer : public Tokenizer {
 public:
  int32_t size() const override { return 1 << 20; }
  std::vector<int32_t> encode(std::string_view line) const override {
    std::istringstream words{std::string(line)};
    std::vector<int32_t> ids;
    for (int32_t id = 0; words >> id;) ids.push_back(id);
    return ids;
  }
  std::vector<TextSpan> spans(std::string_view) const override { return {}; }
  std::vector<int32_t> encode_sampled(std::string_view line) const override { return encode(line); }
  std::string decode(std::span<const int32_t>) const override { return ""; }
  std::string piece(int32_t) const override { return ""; }
  int32_t id(std::string_view) const override { return 7; }
  const std::string& serialized() const override { return name; }

  std::string name = "numbers";
};

// Pair i is "100+i", a word for each of i % 3, and its translation "200000+i".
inline void write_numbered_pairs(const ParallelFiles& files, int64_t pairs, int64_t from = 100) {
  std::ofstream source(files.source), target(files.target);
  for (int64_t i = 0; i < pairs; ++i) {
    source << from + i;
    for (int64_t more = 0; more < i % 3; ++more) source << " 50";
    source << '\n';
    target << 200'000 + from + i << '\n';
  }
}

struct NumberedPairs {
  explicit NumberedPairs(int64_t pairs, int64_t block_size = 64) {
    data.train = {folder / "train.a", folder / "train.b"};
    data.block_size = block_size;
    write_numbered_pairs(data.train, pairs);
  }
  StreamedMix mix(bool sample = false, uint64_t seed = 42) const {
    return StreamedMix({.data = data, .corpus = {.num_threads = 1}, .seed = seed, .sample = sample},
                       {tokenizer, tokenizer});
  }

  TemporaryFolder folder;
  DataOptions data;
  std::shared_ptr<NumberTokenizer> tokenizer = std::make_shared<NumberTokenizer>();
};

// The first id of each source, in the order of the epoch; `at` = which of its ids instead.
inline std::vector<int32_t> epoch_ids(const StreamedMix& mix, int64_t epoch, size_t at = 0) {
  std::vector<int32_t> ids;
  for (int64_t block = 0; block < mix.blocks(); ++block) {
    const ParallelCorpus pairs = mix.block(epoch, block);
    for (int64_t i = 0; i < pairs.size(); ++i) ids.push_back(pairs.source[i][at]);
  }
  return ids;
}

}  // namespace rondo
