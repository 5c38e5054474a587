#include "app/training/gradient.h"

#include "tests/support/catch_torch.h"

namespace {

std::vector<torch::Tensor> gradients() {
  return {torch::tensor({3.0F, 0.0F}), torch::tensor({{0.0F}, {-4.0F}})};
}

rondo::TrainingOptions clipping(double norm, double value) {
  rondo::TrainingOptions options;
  options.clip_grad_norm = norm;
  options.clip_grad_val = value;
  return options;
}

}  // namespace

TEST_CASE("the norm is taken over all parameters before clipping", "[training]") {
  auto all = gradients();
  const auto report = rondo::clip_gradient(all, torch::tensor(1.0F), clipping(2.5, 0));
  CHECK(report.norm.item<float>() == Approx(5));
  CHECK(report.divisor.item<float>() == Approx(2));
  CHECK(report.not_finite.item<float>() == 0);
}

TEST_CASE("a norm within bounds is left alone", "[training]") {
  auto all = gradients();
  CHECK(rondo::clip_gradient(all, torch::tensor(1.0F), clipping(9, 0)).divisor.item<float>() == 1);
  CHECK_FALSE(rondo::clip_gradient(all, torch::tensor(1.0F), clipping(0, 0)).divisor.defined());
}

TEST_CASE("clipping by value comes before clipping by norm", "[training]") {
  auto all = gradients();
  const auto report = rondo::clip_gradient(all, torch::tensor(1.0F), clipping(0.5, 1));
  CHECK(torch::equal(all[0], torch::tensor({1.0F, 0.0F})));
  CHECK(torch::equal(all[1], torch::tensor({{0.0F}, {-1.0F}})));
  CHECK(report.norm.item<float>() == Approx(5));
  CHECK(report.divisor.item<float>() == Approx(2.828427F));
}

TEST_CASE("an infinite gradient is noticed even where it is clipped by value", "[training]") {
  std::vector<torch::Tensor> all{torch::tensor({1.0F, std::numeric_limits<float>::infinity()})};
  const auto report = rondo::clip_gradient(all, torch::tensor(1.0F), clipping(0, 1));
  CHECK(report.not_finite.item<float>() == 1);
}

TEST_CASE("a loss that is not a number is noticed", "[training]") {
  auto all = gradients();
  const auto nan = torch::tensor(std::numeric_limits<float>::quiet_NaN());
  CHECK(rondo::clip_gradient(all, nan, clipping(1, 0)).not_finite.item<float>() == 1);
}
