#include "app/data/batch_sample.h"

#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

TokenTable token_table(const std::vector<std::vector<int32_t>>& lines) {
  TokenTable table;
  for (const auto& line : lines) table.push_back(line);
  return table;
}

// Four pairs; the last is the longest, the first the next.
Batch four_pairs(const std::vector<int64_t>& order) {
  static const TokenTable source = token_table({{10, 11, 12}, {13}, {14}, {15, 16, 17, 18}});
  static const TokenTable target = token_table({{20, 21}, {22}, {}, {23, 24, 25}});
  return make_batch(source, target, order);
}

void require_same(const Batch& actual, const Batch& expected) {
  const auto same = [](const torch::Tensor& a, const torch::Tensor& b) {
    REQUIRE(a.defined() == b.defined());
    if (a.defined()) REQUIRE(torch::equal(a, b));
  };
  same(actual.source, expected.source);
  same(actual.source_lengths, expected.source_lengths);
  same(actual.target_in, expected.target_in);
  same(actual.target_out, expected.target_out);
  same(actual.target_lengths, expected.target_lengths);
  same(actual.target_positions, expected.target_positions);
  CHECK(actual.target_tokens == expected.target_tokens);
}

}  // namespace

TEST_CASE("the longest pairs of a batch make the batch of them alone", "[batch]") {
  const Batch sample = longest_sentences(four_pairs({0, 1, 2, 3}), {.sentences = 2});
  require_same(sample, four_pairs({3, 0}));
}

TEST_CASE("a sample of more sentences than there are is the batch, without its padding",
          "[batch]") {
  require_same(longest_sentences(four_pairs({0, 1}), {}), four_pairs({0, 1}));
}

TEST_CASE("an over-long pair is cut off on both sides", "[batch]") {
  const Batch sample = longest_sentences(four_pairs({3, 1}), {.sentences = 1, .steps = 2});
  CHECK(torch::equal(sample.source, int64s({15, 16}).view({2, 1})));
  CHECK(torch::equal(sample.target_out, int64s({23, 24}).view({2, 1})));
  CHECK(torch::equal(sample.target_positions, int64s({0, 1})));
  CHECK(sample.target_tokens == 2);
}

TEST_CASE("labels and weights stay with their sentences", "[batch]") {
  Batch batch;
  batch.source = int64s({1, 2, 3, 0, 4, 5}).view({2, 3});
  batch.source_lengths = int64s({1, 2, 2});
  batch.labels = torch::tensor({{1.0F, 0.0F}, {0.0F, 1.0F}, {1.0F, 1.0F}});
  batch.label_weights = torch::tensor({0.1F, 0.2F, 0.3F});
  const Batch sample = longest_sentences(batch, {.sentences = 2});
  CHECK(torch::equal(sample.source, int64s({2, 3, 4, 5}).view({2, 2})));
  CHECK(torch::equal(sample.labels, batch.labels.narrow(0, 1, 2)));
  CHECK(torch::equal(sample.label_weights, torch::tensor({0.2F, 0.3F})));
  CHECK(sample.target_tokens == 2);
  CHECK(sample.tokens == 4);
}

TEST_CASE("sequences of vectors are sampled as sentences are", "[batch]") {
  Batch batch;
  batch.inputs = torch::arange(24).view({4, 3, 2}).to(torch::kFloat);
  batch.source_lengths = int64s({4, 4, 4});
  batch.target_out = int64s({7, 8, 9}).view({1, 3});
  const Batch sample = longest_sentences(batch, {.sentences = 2, .steps = 3});
  CHECK(torch::equal(sample.inputs, batch.inputs.narrow(0, 0, 3).narrow(1, 0, 2)));
  CHECK(torch::equal(sample.target_out, int64s({7, 8}).view({1, 2})));
  CHECK_FALSE(sample.source.defined());
  CHECK(sample.size() == 2);
}

}  // namespace rondo
