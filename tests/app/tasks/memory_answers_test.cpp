#include "app/tasks/memory_answers.h"

#include <cmath>

#include "app/tasks/memory_examples.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

constexpr MemoryOptions kFourNumbers{.problem = MemoryProblem::adding, .length = 4};
constexpr MemoryOptions kTwoReversed{.problem = MemoryProblem::reverse, .length = 2, .symbols = 3};

// Sums 0.75 and 1.25.
Batch two_sums() {
  Batch batch;
  batch.inputs = torch::tensor({{{0.25, 1.0}, {0.5, 0.0}},
                                {{0.9, 0.0}, {0.75, 1.0}},
                                {{0.5, 1.0}, {0.5, 1.0}},
                                {{0.1, 0.0}, {0.2, 0.0}}},
                               torch::kFloat);
  batch.labels = torch::tensor({0.75, 1.25}, torch::kFloat);
  return batch;
}

}  // namespace

TEST_CASE("the loss of adding is the squared error, summed", "[tasks]") {
  const auto said = torch::tensor({0.72, 1.5}, torch::kFloat).view({1, 2, 1});
  const LossSum loss = memory_loss(kFourNumbers, said, two_sums(), 0);
  CHECK(loss.sum.item<double>() == Approx(0.03 * 0.03 + 0.25 * 0.25));
  CHECK(loss.nll.item<double>() == Approx(loss.sum.item<double>()));
  CHECK(loss.tokens == 2);
}

TEST_CASE("a sum is right within 0.04", "[tasks]") {
  const auto right = [](double first, double second) {
    const auto said = torch::tensor({first, second}, torch::kFloat).view({1, 2, 1});
    return right_answers(kFourNumbers, said, two_sums());
  };
  CHECK(right(0.75 + 0.039, 1.25 - 0.039) == 2);
  CHECK(right(0.75 + 0.041, 1.25) == 1);
  CHECK(right(0.75 - 0.041, 1.25 + 0.041) == 0);
}

TEST_CASE("the loss of symbols is their cross-entropy, summed over all said", "[tasks]") {
  Batch batch;
  batch.target_out = torch::tensor({{2, 0}, {1, 1}});
  auto said = torch::zeros({2, 2, 3});
  said[0][0][2] = std::log(2.0);   // 2/4 of the probability, and right
  said[1][1][0] = std::log(14.0);  // leaves 1/16 to the right one
  const LossSum loss = memory_loss(kTwoReversed, said, batch, 0);
  CHECK(loss.tokens == 4);
  CHECK(loss.sum.item<double>() == Approx(std::log(2) + 2 * std::log(3) + std::log(16)));
  // Ties go to symbol 0, which is right in one place of the two.
  CHECK(right_answers(kTwoReversed, said, batch) == 2);
}

TEST_CASE("always saying one has the loss that adding is compared with", "[tasks]") {
  const Batch batch = memory_batch({.length = 4}, 5000, {.random_seed = 1});
  const auto said = torch::ones({1, 5000, 1});
  const double loss = memory_loss(kFourNumbers, said, batch, 0).sum.item<double>() / 5000;
  CHECK(ignorant_loss(kFourNumbers) == Approx(1.0 / 6));
  CHECK(loss == Approx(ignorant_loss(kFourNumbers)).margin(0.01));
}

TEST_CASE("all symbols alike have the loss that symbols are compared with", "[tasks]") {
  const Batch batch = memory_batch(kTwoReversed, 50, {.random_seed = 1});
  const double loss =
      memory_loss(kTwoReversed, torch::zeros({2, 50, 3}), batch, 0).sum.item<double>() / 100;
  CHECK(loss == Approx(ignorant_loss(kTwoReversed)));
  CHECK(ignorant_loss(kTwoReversed) == Approx(std::log(3)));
}

TEST_CASE("an example of adding is shown as its marked numbers and their sum", "[tasks]") {
  const auto said = torch::tensor({0.7, 1.5}, torch::kFloat).view({1, 2, 1});
  const Sample sample = memory_sample(kFourNumbers, said, two_sums(), 1);
  CHECK(sample.source == "0.750 at step 2 + 0.500 at step 3 of 4");
  CHECK(sample.reference == "1.250");
  CHECK(sample.hypothesis == "1.500");
}

TEST_CASE("an example of symbols is shown as what is read, asked for and said", "[tasks]") {
  const MemoryOptions copy{.problem = MemoryProblem::copy, .length = 40, .symbols = 3, .copied = 2};
  Batch batch;
  const auto read = torch::cat(
      {torch::tensor({2, 0}), torch::full({40}, 3, torch::kInt64), torch::tensor({4, 3, 3})});
  batch.inputs = torch::one_hot(read, 5).to(torch::kFloat).unsqueeze(1);
  batch.target_out = torch::tensor({{2}, {0}});
  const auto said = torch::one_hot(torch::tensor({{2}, {1}}), 3).to(torch::kFloat);
  const Sample sample = memory_sample(copy, said, batch, 0);
  CHECK(sample.source == "2 0, then 40 blanks");
  CHECK(sample.reference == "2 0");
  CHECK(sample.hypothesis == "2 1");
}

TEST_CASE("a problem is described with what remembering nothing is worth", "[tasks]") {
  const auto lines = memory_summary({.length = 400});
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "adding: the sum of two marked numbers of 400, to be said at the last one");
  CHECK(lines[1] == "a loss of 0.167 is that of remembering nothing: always saying 1");
  CHECK(memory_summary({.problem = MemoryProblem::copy, .length = 50})[1] ==
        "a loss of 2.079 is that of remembering nothing: all symbols equally likely");
}

}  // namespace rondo
