#include "models/int8_matrix.h"

#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

constexpr uint64_t kMatrixSeed = 3;  // of the random matrices

}  // namespace

TEST_CASE("a matrix is quantised row by row, symmetrically", "[models]") {
  const auto matrix = quantize_rows(
      torch::tensor({1.0f, -0.5f, 0.25f, 0.0f, 0.0f, 0.0f, -25.4f, 25.4f, 0.09f}).view({3, 3}));
  REQUIRE(matrix.values.scalar_type() == torch::kChar);
  require_close(matrix.values.view({9}), int64s({127, -64, 32, 0, 0, 0, -127, 127, 0}));
  require_close(matrix.scales, torch::tensor({1 / 127.0, 1.0, 0.2}));
  require_close(dequantize(matrix)[2], torch::tensor({-25.4, 25.4, 0.0}));
}

TEST_CASE("no weight moves by more than half a step of its row", "[models]") {
  torch::manual_seed(kMatrixSeed);
  const auto weight = torch::randn({20, 33});
  const auto matrix = quantize_rows(weight);
  const auto moved = (dequantize(matrix) - weight).abs() / matrix.scales.unsqueeze(1);
  REQUIRE(moved.max().item<double>() <= 0.5001);
  REQUIRE(moved.max().item<double>() > 0.4);
}

TEST_CASE("weights that are rounded already stay as they are", "[models]") {
  torch::manual_seed(kMatrixSeed);
  auto once = torch::randn({20, 33});
  round_to_int8(once);
  auto twice = once.clone();
  require_close(round_to_int8(twice), once, 1e-6);
}

TEST_CASE("only a matrix can be quantised", "[models]") {
  REQUIRE_THROWS_AS(quantize_rows(torch::ones({3})), c10::Error);
}

TEST_CASE("an int8 layer is near the layer over the rounded weights", "[models]") {
  torch::manual_seed(kMatrixSeed);
  auto weight = torch::randn({19, 37});  // no multiple of any vector's length
  const auto bias = GENERATE(false, true) ? torch::randn({19}) : torch::Tensor();
  const Int8Linear layer(weight, bias);
  const auto input = torch::randn({4, 5, 37});
  const auto expected = torch::linear(input, round_to_int8(weight), bias);
  const auto found = layer.forward(input);
  REQUIRE(found.scalar_type() == torch::kFloat);
  REQUIRE(found.sizes() == expected.sizes());
  // A step of the activations is 8 / 255, or twice that with 7 bits: half of it is lost at random
  // in each of 37 products.
  REQUIRE((found - expected).abs().max().item<double>() < 0.7);
  REQUIRE((found - expected).square().mean().sqrt().item<double>() < 0.12);
  require_close(layer.forward(input.to(torch::kDouble)), found, 1e-6);
}

TEST_CASE("the greatest products do not overflow", "[models]") {
  const Int8Linear layer(torch::ones({16, 512}), {});
  require_close(layer.forward(torch::ones({3, 512})), torch::full({3, 16}, 512.0), 0.02);
  require_close(layer.forward(-torch::ones({3, 512})), torch::full({3, 16}, -512.0), 0.02);
}

TEST_CASE("a layer that holds nothing says so", "[models]") {
  REQUIRE_FALSE(Int8Linear().defined());
  REQUIRE_THROWS_AS(Int8Linear().forward(torch::ones({1, 1})), c10::Error);
}

}  // namespace rondo
