#include "app/streaming/streamed_mix.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/app/streaming/numbered_pairs.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

std::vector<int32_t> in_order(std::vector<int32_t> ids) {
  std::ranges::sort(ids);
  return ids;
}

std::vector<int32_t> numbers_from(int32_t first, size_t count) {
  std::vector<int32_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

void compress(const std::string& path) {
  write_bytes(path + ".gz", gzipped(read_bytes(path)));
  std::filesystem::remove(path);
}

}  // namespace

TEST_CASE("every pair of a streamed text comes exactly once an epoch, with its own translation",
          "[streaming]") {
  const NumberedPairs pairs(1000);
  const StreamedMix mix = pairs.mix(GENERATE(false, true));
  CHECK(mix.blocks() == 16);
  for (int64_t epoch = 0; epoch < 2; ++epoch) {
    CHECK(in_order(epoch_ids(mix, epoch)) == numbers_from(100, 1000));
  }
  const ParallelCorpus block = mix.block(1, 3);
  for (int64_t i = 0; i < block.size(); ++i) {
    CHECK(block.target[i][0] == 200'000 + block.source[i][0]);
    CHECK(block.source.length(i) == 1 + (block.source[i][0] - 100) % 3);
  }
}

TEST_CASE("a block is a function of seed, epoch and its number", "[streaming]") {
  const NumberedPairs pairs(1000);
  const StreamedMix mix = pairs.mix(), again = pairs.mix();
  const TokenTable block = mix.block(2, 5).source;
  epoch_ids(mix, 0);
  CHECK(mix.block(2, 5).source == block);
  CHECK(again.block(2, 5).source == block);
  CHECK_FALSE(mix.block(3, 5).source == block);
  CHECK_FALSE(pairs.mix(false, 43).block(2, 5).source == block);
}

TEST_CASE("a block holds pairs from all over the text", "[streaming]") {
  const NumberedPairs pairs(10'000, 640);
  const ParallelCorpus block = pairs.mix().block(0, 0);
  std::set<int32_t> tenths;
  for (int64_t i = 0; i < block.size(); ++i) tenths.insert((block.source[i][0] - 100) / 1000);
  CHECK(tenths.size() >= 9);  // with this seed; all ten on average but for 0.3
}

TEST_CASE("a compressed text comes in its own order, each pair once", "[streaming]") {
  const NumberedPairs pairs(1000);
  compress(pairs.data.train.source);
  const StreamedMix mix = pairs.mix();
  const auto ids = epoch_ids(mix, 1);
  CHECK(ids == numbers_from(100, 1000));
  CHECK(mix.block(1, 9).source[0][0] == mix.block(0, 9).source[0][0]);
  CHECK_THAT(mix.describe().back(), ContainsSubstring("compressed"));
}

TEST_CASE("streamed pairs are dropped as loaded ones are, and counted when all are read",
          "[streaming]") {
  NumberedPairs pairs(200);
  pairs.data.src_max_length = 2;
  StreamedMix mix({.data = pairs.data, .corpus = {.src_max_length = 2, .num_threads = 1}},
                  {pairs.tokenizer, pairs.tokenizer});
  CHECK(epoch_ids(mix, 0).size() == 134);  // of 200, 66 are three words
  const auto news = mix.news();
  REQUIRE(news.size() == 1);
  CHECK_THAT(news[0], ContainsSubstring("134 of 200 pairs (0 empty and 66 over-long ones dropped)"));
  epoch_ids(mix, 1);
  CHECK(mix.news().empty());
}

TEST_CASE("a text of which nothing is left is refused when it is read", "[streaming]") {
  const NumberedPairs pairs(100);
  const StreamedMix mix({.data = pairs.data, .corpus = {.trg_max_length = -1, .num_threads = 1}},
                        {pairs.tokenizer, pairs.tokenizer});
  CHECK(epoch_ids(mix, 0).size() == 100);  // no limit
  write_bytes(pairs.data.train.target, std::string(100, '\n'));
  const StreamedMix empty = pairs.mix();
  CHECK_THAT(message_of<DataError>([&] { epoch_ids(empty, 0); }),
             ContainsSubstring("no pair is left of 100: 100 empty"));
}

TEST_CASE("an extra text comes as often as it weighs, behind its tag, in every block",
          "[streaming]") {
  NumberedPairs pairs(1000);
  const double weight = GENERATE(0.5, 1.0, 2.0, 2.5);
  pairs.data.extra = {{.files = {pairs.folder / "more.a", pairs.folder / "more.b"},
                       .weight = weight,
                       .tag = "<bt>"}};
  write_numbered_pairs(pairs.data.extra[0].files, 320, 10'000);
  const bool sample = GENERATE(false, true);
  const StreamedMix mix = pairs.mix(sample);
  std::map<int32_t, int> times;
  for (int64_t epoch = 0; epoch < 2; ++epoch) {
    int64_t tagged = 0;
    for (int64_t block = 0; block < mix.blocks(); ++block) {
      const ParallelCorpus part = mix.block(epoch, block);
      int64_t here = 0;
      for (int64_t i = 0; i < part.size(); ++i) {
        if (part.source[i][0] != 7) continue;
        ++here;
        ++times[part.source[i][1]];
        CHECK(part.target[i][0] == 200'000 + part.source[i][1]);
      }
      CHECK(here > 0);
      tagged += here;
    }
    CHECK(tagged == static_cast<int64_t>(320 * weight));
  }
  // Halves take turns, so that two epochs have all pairs equally often.
  CHECK(times.size() == 320);
  for (const auto& [id, count] : times) CHECK(count == static_cast<int>(2 * weight));
}

}  // namespace rondo
