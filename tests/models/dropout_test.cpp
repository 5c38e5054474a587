#include "models/dropout.h"

#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

struct DropoutKind {
  torch::Tensor (*drop)(const torch::Tensor& input, double rate, bool training);
};

DropoutKind any_dropout() {
  return GENERATE(DropoutKind{inverted_dropout}, DropoutKind{variational_dropout},
                  DropoutKind{word_dropout});
}

double share_of(const torch::Tensor& decisions) {
  return decisions.to(torch::kFloat64).mean().item<double>();
}

}  // namespace

TEST_CASE("dropout zeroes its share and scales the rest", "[models]") {
  torch::manual_seed(1);
  const DropoutKind kind = any_dropout();
  const double rate = GENERATE(0.1, 0.6);
  const auto input = torch::rand({40, 100, 50}) + 1;
  const auto output = kind.drop(input, rate, /*training=*/true);
  const auto kept = output.ne(0);
  REQUIRE(share_of(kept) == Approx(1 - rate).margin(0.03));
  require_close(output, input * kept / (1 - rate));
}

TEST_CASE("dropout hands its gradient to what it kept", "[models]") {
  torch::manual_seed(2);
  const DropoutKind kind = any_dropout();
  auto input = (torch::rand({5, 7, 6}) + 1).requires_grad_();
  const auto output = kind.drop(input, 0.4, /*training=*/true);
  output.sum().backward();
  require_close(input.grad() * input, output);
}

TEST_CASE("outside training, or at rate 0, dropout is not there", "[models]") {
  const DropoutKind kind = any_dropout();
  const auto input = torch::rand({2, 3, 4});
  REQUIRE(kind.drop(input, 0.5, /*training=*/false).is_same(input));
  REQUIRE(kind.drop(input, 0.0, /*training=*/true).is_same(input));
}

TEST_CASE("variational dropout decides once for all steps of a sentence", "[models]") {
  torch::manual_seed(3);
  const auto kept = variational_dropout(torch::ones({9, 4, 50}), 0.5, /*training=*/true).ne(0);
  REQUIRE(torch::equal(kept, kept[0].unsqueeze(0).expand_as(kept)));
  REQUIRE_FALSE(torch::equal(kept[0][0], kept[0][1]));
}

TEST_CASE("word dropout takes whole vectors", "[models]") {
  torch::manual_seed(4);
  const auto kept = word_dropout(torch::ones({30, 4, 5}), 0.5, /*training=*/true).ne(0);
  REQUIRE(torch::equal(kept, kept.narrow(2, 0, 1).expand_as(kept)));
  REQUIRE_FALSE(torch::equal(kept.select(1, 0), kept.select(1, 1)));
}

// Resumed runs and published figures depend on it. The bits are those of torch.Tensor.random_.
TEST_CASE("a seed drops the elements that it always dropped", "[models]") {
  torch::manual_seed(1);
  const auto kept = inverted_dropout(torch::ones({2, 5}), 0.3, /*training=*/true).ne(0);
  const auto expected = int64s({0, 1, 1, 1, 1,  //
                                1, 1, 0, 0, 1});
  REQUIRE(torch::equal(kept, expected.view({2, 5}).to(torch::kBool)));
}

TEST_CASE("column dropout takes whole columns of a matrix", "[models]") {
  torch::manual_seed(5);
  auto matrix = (torch::rand({40, 60}) + 1).requires_grad_();
  const auto output = column_dropout(matrix, 0.3, /*training=*/true);
  const auto kept = output.detach().ne(0);
  REQUIRE(torch::equal(kept, kept[0].unsqueeze(0).expand_as(kept)));
  REQUIRE(share_of(kept) == Approx(0.7).margin(0.15));
  require_close(output, matrix * kept / 0.7);
  output.sum().backward();
  require_close(matrix.grad() * matrix, output);
  REQUIRE(column_dropout(matrix, 0.3, /*training=*/false).is_same(matrix));
  REQUIRE(column_dropout(matrix, 0.0, /*training=*/true).is_same(matrix));
}

TEST_CASE("held dropout decides at its first call for all that follow", "[models]") {
  torch::manual_seed(6);
  HeldDropout held, other;
  const auto ones = torch::ones({1, 4, 50});
  const auto first = held.apply(ones, 0.5, /*training=*/true);
  REQUIRE(torch::equal(held.apply(ones, 0.5, /*training=*/true), first));
  const auto kept = held.apply(torch::ones({3, 4, 50}), 0.5, /*training=*/true);
  REQUIRE(torch::equal(kept, first.expand_as(kept)));
  REQUIRE_FALSE(torch::equal(other.apply(ones, 0.5, /*training=*/true), first));
  REQUIRE(held.apply(ones, 0.5, /*training=*/false).is_same(ones));
}

}  // namespace rondo
