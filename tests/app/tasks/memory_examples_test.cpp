#include "app/tasks/memory_examples.h"

#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

constexpr MemoryOptions kNineNumbers{.problem = MemoryProblem::adding, .length = 9};
constexpr MemoryOptions kThreeCopied{
    .problem = MemoryProblem::copy, .length = 2, .symbols = 5, .copied = 3};
constexpr MemoryOptions kThreeReversed{
    .problem = MemoryProblem::reverse, .length = 3, .symbols = 5};

MemoryOptions any_memory_problem() { return GENERATE(kNineNumbers, kThreeCopied, kThreeReversed); }

bool same_examples(const Batch& a, const Batch& b) {
  const auto equal = [](const torch::Tensor& x, const torch::Tensor& y) {
    return x.defined() == y.defined() && (!x.defined() || x.equal(y));
  };
  return equal(a.inputs, b.inputs) && equal(a.labels, b.labels) &&
         equal(a.target_out, b.target_out);
}

}  // namespace

TEST_CASE("adding marks one number in each half and asks for their sum", "[tasks]") {
  const Batch batch = memory_batch(kNineNumbers, 200, {.random_seed = 1});
  REQUIRE(batch.inputs.sizes() == torch::IntArrayRef({9, 200, 2}));
  const auto numbers = batch.inputs.select(2, 0), marks = batch.inputs.select(2, 1);
  CHECK(((numbers >= 0) & (numbers < 1)).all().item<bool>());
  CHECK(numbers.mean().item<double>() == Approx(0.5).margin(0.03));
  CHECK(((marks == 0) | (marks == 1)).all().item<bool>());
  CHECK((marks.narrow(0, 0, 4).sum(0) == 1).all().item<bool>());
  CHECK((marks.narrow(0, 4, 5).sum(0) == 1).all().item<bool>());
  CHECK((marks.sum(1) > 0).all().item<bool>());  // any step may be marked
  require_close(batch.labels, (numbers * marks).sum(0));
}

TEST_CASE("copy is symbols, blanks, the sign to speak, and the symbols again", "[tasks]") {
  const Batch batch = memory_batch(kThreeCopied, 4, {.random_seed = 2});
  REQUIRE(batch.inputs.sizes() == torch::IntArrayRef({9, 4, 7}));
  CHECK((batch.inputs.sum(2) == 1).all().item<bool>());
  const auto read = batch.inputs.argmax(2);
  const int64_t blank = 5, go = 6;
  for (int64_t example = 0; example < 4; ++example) {
    const auto said = batch.target_out.select(1, example);
    CHECK(read.select(1, example)
              .equal(torch::cat({said, int64s({blank, blank, go, blank, blank, blank})})));
  }
}

TEST_CASE("reverse asks for the symbols from the last to the first, at once", "[tasks]") {
  const Batch batch = memory_batch(kThreeReversed, 4, {.random_seed = 3});
  REQUIRE(batch.inputs.sizes() == torch::IntArrayRef({7, 4, 7}));
  const auto read = batch.inputs.argmax(2);
  const int64_t blank = 5, go = 6;
  CHECK(read.narrow(0, 0, 3).flip(0).equal(batch.target_out));
  for (int64_t example = 0; example < 4; ++example) {
    CHECK(read.select(1, example).narrow(0, 3, 4).equal(int64s({go, blank, blank, blank})));
  }
}

TEST_CASE("every symbol comes, and about as often as the others", "[tasks]") {
  const Batch batch = memory_batch(kThreeReversed, 1000, {.random_seed = 4});
  const auto counts = batch.target_out.flatten().bincount();
  REQUIRE(counts.size(0) == 5);
  CHECK(counts.min().item<int64_t>() > 520);  // of 600 expected; four standard deviations are 88
}

TEST_CASE("the same seed, epoch and place give the same examples", "[tasks]") {
  const MemoryOptions options = any_memory_problem();
  const MemoryDraw draw{.random_seed = 7, .epoch = 3, .batch = 2};
  const Batch batch = memory_batch(options, 6, draw);
  torch::rand({3});  // no part of it
  CHECK(same_examples(batch, memory_batch(options, 6, draw)));
}

TEST_CASE("another seed, epoch or place gives other examples", "[tasks]") {
  const MemoryOptions options = any_memory_problem();
  const Batch batch = memory_batch(options, 6, {.random_seed = 7, .epoch = 3, .batch = 2});
  const uint64_t high = uint64_t{1} << 32;
  for (const MemoryDraw& other : {MemoryDraw{8, 3, 2}, MemoryDraw{7, 4, 2}, MemoryDraw{7, 3, 1},
                                  MemoryDraw{7 + high, 3, 2}, MemoryDraw{7, 2, 3}}) {
    CHECK_FALSE(same_examples(batch, memory_batch(options, 6, other)));
  }
}

TEST_CASE("a batch of examples counts its steps and its targets", "[tasks]") {
  const Batch adding = memory_batch(kNineNumbers, 4, {}), copy = memory_batch(kThreeCopied, 4, {});
  CHECK(adding.size() == 4);
  CHECK(adding.tokens == 4 * 9);
  CHECK(adding.target_tokens == 4);
  CHECK(copy.tokens == 4 * 9);
  CHECK(copy.target_tokens == 4 * 3);
  CHECK(copy.source_lengths.equal(int64s({9, 9, 9, 9})));
}

}  // namespace rondo
