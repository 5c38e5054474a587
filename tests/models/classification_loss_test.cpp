#include "models/classification_loss.h"

#include <cmath>
#include <optional>

#include "tests/models/reference_case.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

// Two examples of p = (1/4, 3/4), the first of class 0, the second of class 1.
struct TwoExamples {
  torch::Tensor logits = torch::tensor({0.0, std::log(3.0)}, torch::kFloat32).expand({2, 2});
  torch::Tensor targets = int64s({0, 1});
  double first = -std::log(0.25), second = -std::log(0.75);
};

torch::Tensor three_class_weights() { return torch::tensor({0.5, 2.0, 1.25}, torch::kFloat32); }

// As class_losses.py has the cases.
LossSum loss_of_case(const std::string& name, const torch::Tensor& logits,
                     const torch::Tensor& targets, const torch::Tensor& weights) {
  if (name == "smoothed") return class_loss(logits, targets, weights, {.label_smoothing = 0.1});
  if (name == "class_weights") {
    return class_loss(logits, targets, weights, {}, three_class_weights());
  }
  if (name == "focal") return class_loss(logits, targets, weights, {.focal_gamma = 2.0});
  const ClassLossOptions shaped{.label_smoothing = 0.2, .focal_gamma = 1.5};
  if (name == "classes_all") {
    return class_loss(logits, targets, weights, shaped, three_class_weights());
  }
  if (name == "multi_label") return multi_label_loss(logits, targets, weights, {});
  if (name == "multi_label_all") return multi_label_loss(logits, targets, weights, shaped);
  if (name == "ordinal") return ordinal_loss(logits, targets, weights);
  if (name == "value") return value_loss(logits, targets, weights);
  return class_loss(logits, targets, weights, {});
}

}  // namespace

TEST_CASE("the class loss of two examples can be worked by hand", "[models]") {
  const TwoExamples two;
  const auto by_example = torch::tensor({2.0, 0.5}, torch::kFloat32);
  const auto by_class = torch::tensor({3.0, 1.0}, torch::kFloat32);
  const auto sum = [&](const torch::Tensor& weights, const ClassLossOptions& options,
                       const torch::Tensor& class_weights) {
    const LossSum loss = class_loss(two.logits, two.targets, weights, options, class_weights);
    REQUIRE(loss.tokens == 2);
    REQUIRE(loss.nll.item<double>() == Approx(two.first + two.second));
    return loss.sum.item<double>();
  };
  CHECK(sum({}, {}, {}) == Approx(two.first + two.second));
  CHECK(sum(by_example, {}, {}) == Approx(2 * two.first + 0.5 * two.second));
  CHECK(sum({}, {}, by_class) == Approx(3 * two.first + two.second));
  CHECK(sum(by_example, {}, by_class) == Approx(6 * two.first + 0.5 * two.second));
  // Half of the mass is spread over both classes: 3/4 stays, 1/4 goes to the other.
  CHECK(sum({}, {.label_smoothing = 0.5}, {}) == Approx(two.first + two.second));
  CHECK(sum({}, {.label_smoothing = 0.5}, by_class) ==
        Approx(3 * (0.75 + 0.25) * two.first + (0.25 + 0.75) * two.second));
  CHECK(sum({}, {.focal_gamma = 2.0}, {}) == Approx(0.5625 * two.first + 0.0625 * two.second));
}

TEST_CASE("the class loss equals torch's with smoothing and class weights", "[models]") {
  torch::manual_seed(1);
  const double smoothing = GENERATE(0.0, 0.15);
  const bool weighted = GENERATE(false, true);
  const auto class_weights = weighted ? three_class_weights() : torch::Tensor();
  auto ours = torch::randn({7, 3}).requires_grad_();
  auto theirs = ours.detach().clone().requires_grad_();
  const auto targets = torch::randint(0, 3, {7}, torch::kInt64);

  const LossSum loss = class_loss(ours, targets, {}, {.label_smoothing = smoothing}, class_weights);
  std::optional<torch::Tensor> their_weights;
  if (weighted) their_weights = class_weights;
  const auto expected =
      torch::cross_entropy_loss(theirs, targets, their_weights, at::Reduction::Sum,
                                /*ignore_index=*/-100, smoothing);
  require_close(loss.sum, expected);
  REQUIRE_FALSE(loss.nll.requires_grad());
  loss.sum.backward();
  expected.backward();
  require_close(ours.grad(), theirs.grad());
}

TEST_CASE("without focus the focal loss is cross-entropy", "[models]") {
  torch::manual_seed(2);
  const double gamma = GENERATE(0.0, 1e-9);
  const auto logits = torch::randn({7, 3});
  const auto loss =
      class_loss(logits, torch::randint(0, 3, {7}, torch::kInt64), {}, {.focal_gamma = gamma});
  require_close(loss.sum, loss.nll, 1e-6);
  const auto labels = torch::randint(0, 2, {7, 3}, torch::kFloat32);
  const auto by_label = multi_label_loss(logits, labels, {}, {.focal_gamma = gamma});
  require_close(by_label.sum, by_label.nll, 1e-6);
}

TEST_CASE("losses of classifiers equal Python's, gradients too", "[models]") {
  const std::string name =
      GENERATE(as<std::string>{}, "plain", "smoothed", "class_weights", "focal", "classes_all",
               "multi_label", "multi_label_all", "ordinal", "value");
  INFO(name);
  const ReferenceCase reference("class_loss", name);
  auto logits = reference.input("logits").requires_grad_();
  const LossSum loss =
      loss_of_case(name, logits, reference.input("targets"), reference.input("weights"));
  REQUIRE(loss.tokens == 6);
  reference.require_output("sum", loss.sum);
  reference.require_output("nll", loss.nll);
  loss.sum.backward();
  require_close(logits.grad(), reference.gradient("logits"));
}

TEST_CASE("an example that is certain leaves the focal gradient finite", "[models]") {
  auto logits = torch::tensor({200.0, -200.0, -200.0, 200.0}, torch::kFloat32).view({2, 2});
  logits.requires_grad_();
  const ClassLossOptions rooted{.label_smoothing = 0.0, .focal_gamma = 0.5};
  const auto labels = torch::tensor({1.0, 0.0, 1.0, 0.0}, torch::kFloat32).view({2, 2});
  const auto loss = class_loss(logits, int64s({0, 0}), {}, rooted).sum +
                    multi_label_loss(logits, labels, {}, rooted).sum;
  loss.backward();
  REQUIRE(torch::isfinite(loss).item<bool>());
  REQUIRE(torch::isfinite(logits.grad()).all().item<bool>());
}

TEST_CASE("an ordinal loss asks of each step whether the class is above it", "[models]") {
  // Above class 0 with 3/4, above class 1 with 1/2.
  const auto logits = torch::tensor({std::log(3.0), 0.0}, torch::kFloat32).expand({3, 2});
  const double yes = -std::log(0.75), no = -std::log(0.25), half = -std::log(0.5);
  const auto loss = ordinal_loss(logits, int64s({0, 1, 2}), {});
  REQUIRE(loss.sum.item<double>() == Approx((no + half) + (yes + half) + (yes + half)));
  REQUIRE(loss.tokens == 3);
}

TEST_CASE("ordinal probabilities are differences of falling sigmoids", "[models]") {
  const auto logits =
      torch::tensor({std::log(3.0), 0.0, 0.0, std::log(3.0)}, torch::kFloat32).view({2, 2});
  // The second row rises from 1/2 to 3/4, which no probability does: 3/4 is taken for 1/2.
  const auto expected = torch::tensor({0.25, 0.25, 0.5, 0.5, 0.0, 0.5}, torch::kFloat32);
  require_close(ordinal_probabilities(logits), expected.view({2, 3}), 1e-6);
}

TEST_CASE("ordinal probabilities are probabilities whatever the logits", "[models]") {
  torch::manual_seed(3);
  const double scale = GENERATE(0.1, 3.0, 1e4);
  const auto probabilities = ordinal_probabilities(torch::randn({100, 6}) * scale);
  REQUIRE(probabilities.sizes() == torch::IntArrayRef({100, 7}));
  REQUIRE(probabilities.min().item<double>() >= 0);
  require_close(probabilities.sum(1), torch::ones({100}), 1e-6);
}

TEST_CASE("a value's loss is its squared error, weighed", "[models]") {
  const auto logits = torch::tensor({1.0, 3.0}, torch::kFloat32).view({2, 1});
  const auto targets = torch::tensor({0.5, 5.0}, torch::kFloat32);
  const auto loss = value_loss(logits, targets, torch::tensor({2.0, 1.0}, torch::kFloat32));
  REQUIRE(loss.sum.item<double>() == Approx(4.5));
  REQUIRE(loss.nll.item<double>() == Approx(4.25));
  REQUIRE(loss.tokens == 2);
}

TEST_CASE("losses of bf16 logits are summed in fp32", "[models]") {
  torch::manual_seed(4);
  const auto logits = torch::randn({7, 3});
  const auto targets = torch::randint(0, 3, {7}, torch::kInt64);
  const auto rounded = class_loss(logits.to(torch::kBFloat16), targets, {}, {});
  REQUIRE(rounded.sum.dtype() == torch::kFloat32);
  require_close(rounded.sum, class_loss(logits, targets, {}, {}).sum, 2e-2);
}

TEST_CASE("a loss refuses targets that do not fit its logits", "[models]") {
  const auto logits = torch::zeros({2, 3});
  const auto three = int64s({0, 1, 2});
  REQUIRE_THROWS_AS(class_loss(logits, three, torch::Tensor(), ClassLossOptions()), c10::Error);
  REQUIRE_THROWS_AS(value_loss(logits, torch::zeros({2}), torch::Tensor()), c10::Error);
}

}  // namespace rondo
