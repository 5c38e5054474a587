#include "app/data/batches.h"

#include <algorithm>
#include <random>

#include "tests/support/catch.h"

namespace rondo {
namespace {

using Batches = std::vector<std::vector<int64_t>>;

struct Pairs {
  TokenTable source, target;
};

// Target lengths from 1 to 40, sources of about the same length.
Pairs random_pairs(int64_t count) {
  std::mt19937 generator(3);
  Pairs pairs;
  for (int64_t i = 0; i < count; ++i) {
    const auto length = 1 + generator() % 20 + generator() % 21;
    pairs.target.push_back(std::vector<int32_t>(length, 7));
    pairs.source.push_back(std::vector<int32_t>(length + generator() % 5, 7));
  }
  return pairs;
}

Batches batches_of(const Pairs& pairs, const BatchOptions& options, int64_t epoch = 1) {
  return make_batches(pairs.source, pairs.target, options, epoch);
}

int64_t padded_tokens(const TokenTable& table, const std::vector<int64_t>& batch) {
  int64_t longest = 0;
  for (const int64_t i : batch) longest = std::max(longest, table.length(i) + 1);
  return longest * static_cast<int64_t>(batch.size());
}

double padding_share(const TokenTable& table, const Batches& batches) {
  int64_t padded = 0;
  for (const auto& batch : batches) padded += padded_tokens(table, batch);
  return 1.0 - static_cast<double>(table.tokens() + table.size()) / static_cast<double>(padded);
}

TEST_CASE("every pair comes exactly once an epoch", "[data]") {
  const Pairs pairs = random_pairs(5000);
  for (const BatchType type : {BatchType::token, BatchType::sentence}) {
    const BatchOptions options{.batch_type = type, .batch_size = 64};
    std::vector<int> seen(5000, 0);
    for (const auto& batch : batches_of(pairs, options)) {
      for (const int64_t i : batch) ++seen.at(i);
    }
    CHECK(std::count(seen.begin(), seen.end(), 1) == 5000);
  }
}

TEST_CASE("no batch holds more target tokens than its budget, padding counted", "[data]") {
  const Pairs pairs = random_pairs(5000);
  const BatchOptions options{.batch_size = 300};
  for (const auto& batch : batches_of(pairs, options)) {
    REQUIRE_FALSE(batch.empty());
    CHECK(padded_tokens(pairs.target, batch) <= 300);
  }
}

TEST_CASE("the budget is used: a batch is left only when the next pair would not fit", "[data]") {
  const Pairs pairs = random_pairs(5000);
  const Batches batches = batches_of(pairs, {.batch_size = 300});
  const int64_t tokens = pairs.target.tokens() + pairs.target.size();
  CHECK(static_cast<int64_t>(batches.size()) < 1.15 * static_cast<double>(tokens) / 300);
}

TEST_CASE("batches of sentences hold as many as asked, the last of a pool apart", "[data]") {
  const Pairs pairs = random_pairs(1000);
  const Batches batches = batches_of(pairs, {.batch_type = BatchType::sentence, .batch_size = 64});
  CHECK(batches.size() == 16);
  CHECK(std::count_if(batches.begin(), batches.end(),
                      [](const auto& batch) { return batch.size() == 64; }) == 15);
}

TEST_CASE("a pair longer than the budget makes a batch of its own", "[data]") {
  Pairs pairs = random_pairs(100);
  pairs.target.push_back(std::vector<int32_t>(500, 7));
  pairs.source.push_back(std::vector<int32_t>(10, 7));
  const Batches batches = batches_of(pairs, {.batch_size = 100});
  CHECK(std::count(batches.begin(), batches.end(), std::vector<int64_t>{100}) == 1);
}

TEST_CASE("long sources beside short targets do not make a huge batch", "[data]") {
  Pairs pairs;
  for (int i = 0; i < 1000; ++i) {
    const bool lopsided = i % 10 == 0;
    pairs.source.push_back(std::vector<int32_t>(lopsided ? 99 : 9, 7));
    pairs.target.push_back(std::vector<int32_t>(lopsided ? 1 : 9, 7));
  }
  // Sources are 19 tokens with </s> on average, targets 9.2.
  for (const auto& batch : batches_of(pairs, {.batch_size = 1000})) {
    CHECK(padded_tokens(pairs.source, batch) <= 2 * 1000 * 19 / 9.2);
  }
}

TEST_CASE("little of a batch is padding on either side", "[data]") {
  const Pairs pairs = random_pairs(20'000);
  const Batches batches = batches_of(pairs, {.batch_size = 1200});
  CHECK(padding_share(pairs.target, batches) < 0.03);
  CHECK(padding_share(pairs.source, batches) < 0.05);
}

TEST_CASE("the order is a function of seed and epoch", "[data]") {
  const Pairs pairs = random_pairs(2000);
  const BatchOptions options{.batch_size = 200, .random_seed = 5};
  const Batches first = batches_of(pairs, options, 1);
  CHECK(batches_of(pairs, options, 1) == first);
  CHECK(batches_of(pairs, options, 2) != first);
  CHECK(batches_of(pairs, {.batch_size = 200, .random_seed = 6}, 1) != first);
}

TEST_CASE("the order is the same on every machine", "[data]") {
  Pairs pairs;
  for (int i = 0; i < 6; ++i) {
    pairs.source.push_back(std::vector<int32_t>(i, 7));
    pairs.target.push_back(std::vector<int32_t>(i, 7));
  }
  const Batches batches = batches_of(pairs, {.batch_size = 8, .random_seed = 42}, 3);
  CHECK(batches == Batches{{2, 3}, {4}, {0, 1}, {5}});
}

TEST_CASE("batches come in no order of length", "[data]") {
  const Pairs pairs = random_pairs(5000);
  const Batches batches = batches_of(pairs, {.batch_size = 300});
  int64_t rises = 0;
  for (size_t i = 1; i < batches.size(); ++i) {
    rises += pairs.target.length(batches[i][0]) > pairs.target.length(batches[i - 1][0]) ? 1 : 0;
  }
  const double share = static_cast<double>(rises) / static_cast<double>(batches.size());
  CHECK(share > 0.4);
  CHECK(share < 0.6);
}

TEST_CASE("of a list of pairs each comes as often as it is listed", "[data]") {
  const Pairs pairs = random_pairs(100);
  std::vector<int64_t> listed;
  for (int64_t i = 0; i < 100; ++i) listed.insert(listed.end(), static_cast<size_t>(i % 3), i);
  std::vector<int64_t> seen;
  for (const auto& batch :
       make_batches(pairs.source, pairs.target, listed, {.batch_size = 200}, 1)) {
    CHECK((batch.size() == 1 || padded_tokens(pairs.target, batch) <= 200));
    seen.insert(seen.end(), batch.begin(), batch.end());
  }
  std::ranges::sort(seen);
  CHECK(seen == listed);
}

TEST_CASE("no pairs make no batches", "[data]") { CHECK(batches_of({}, {}).empty()); }

}  // namespace
}  // namespace rondo
