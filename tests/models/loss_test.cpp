#include "models/loss.h"

#include <cmath>

#include "tests/models/reference_case.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

struct LossProblem {
  torch::Tensor features, weight, bias, targets;
};

// 7 tokens of 4 features against a vocabulary of 9.
LossProblem random_loss_problem() {
  torch::manual_seed(1);
  return {.features = torch::randn({7, 4}).requires_grad_(),
          .weight = torch::randn({9, 4}).requires_grad_(),
          .bias = torch::randn({9}).requires_grad_(),
          .targets = torch::randint(0, 9, {7}, torch::kInt64)};
}

}  // namespace

TEST_CASE("the loss of two tokens can be worked by hand", "[models]") {
  // Zero weights: the logits are the bias, p = (1/4, 3/4) for both tokens.
  const auto bias = torch::tensor({0.0, std::log(3.0)}, torch::kFloat32);
  const auto targets = int64s({0, 1});
  const double first = -std::log(0.25), second = -std::log(0.75);

  const auto plain =
      linear_cross_entropy(torch::zeros({2, 3}), torch::zeros({2, 3}), bias, targets, 0.0);
  REQUIRE(plain.tokens == 2);
  REQUIRE(plain.sum.item<double>() == Approx(first + second));
  REQUIRE(plain.nll.item<double>() == Approx(first + second));

  // A fifth of each target's mass is spread over the vocabulary: 0.9 stays, 0.1 goes to the other.
  const auto smoothed =
      linear_cross_entropy(torch::zeros({2, 3}), torch::zeros({2, 3}), bias, targets, 0.2);
  const double expected = 0.9 * first + 0.1 * second + 0.9 * second + 0.1 * first;
  REQUIRE(smoothed.sum.item<double>() == Approx(expected));
  REQUIRE(smoothed.nll.item<double>() == Approx(first + second));
}

TEST_CASE("the chunked loss and its gradients equal torch's, whatever the chunk", "[models]") {
  const int64_t chunk = GENERATE(1, 3, 7, 100);
  const double smoothing = GENERATE(0.0, 0.1);
  LossProblem ours = random_loss_problem(), theirs = random_loss_problem();

  const auto loss =
      linear_cross_entropy(ours.features, ours.weight, ours.bias, ours.targets, smoothing, chunk);
  const auto logits = torch::linear(theirs.features, theirs.weight, theirs.bias);
  const auto expected = torch::cross_entropy_loss(logits, theirs.targets, {}, at::Reduction::Sum,
                                                  /*ignore_index=*/-100, smoothing);
  require_close(loss.sum, expected);
  REQUIRE_FALSE(loss.nll.requires_grad());
  require_close(loss.nll,
                torch::cross_entropy_loss(logits, theirs.targets, {}, at::Reduction::Sum));

  // Divided as a trainer divides it: the gradient that flows in is not 1.
  (loss.sum / 7).backward();
  (expected / 7).backward();
  require_close(ours.features.grad(), theirs.features.grad());
  require_close(ours.weight.grad(), theirs.weight.grad());
  require_close(ours.bias.grad(), theirs.bias.grad());
}

TEST_CASE("the loss equals Python's label-smoothed cross entropy", "[models]") {
  const ReferenceCase reference("loss", "smoothed");
  auto features = reference.input("features").requires_grad_();
  auto weight = reference.input("weight").requires_grad_();
  auto bias = reference.input("bias").requires_grad_();
  const auto loss =
      linear_cross_entropy(features, weight, bias, reference.input("targets"), 0.1, 2);
  reference.require_output("sum", loss.sum);
  reference.require_output("nll", loss.nll);
  loss.sum.backward();
  require_close(features.grad(), reference.gradient("features"));
  require_close(weight.grad(), reference.gradient("weight"));
  require_close(bias.grad(), reference.gradient("bias"));
}

TEST_CASE("target_log_probs gathers the log-softmax at the targets", "[models]") {
  const int64_t chunk = GENERATE(1, 3, 100);
  const LossProblem problem = random_loss_problem();
  const auto actual =
      target_log_probs(problem.features, problem.weight, problem.bias, problem.targets, chunk);
  const auto logits = torch::linear(problem.features, problem.weight, problem.bias);
  const auto expected = logits.log_softmax(-1).gather(1, problem.targets.unsqueeze(1)).squeeze(1);
  REQUIRE_FALSE(actual.requires_grad());
  require_close(actual, expected);
}

TEST_CASE("without a gradient wanted the loss is the same", "[models]") {
  const LossProblem problem = random_loss_problem();
  const auto with =
      linear_cross_entropy(problem.features, problem.weight, problem.bias, problem.targets, 0.1, 3);
  torch::NoGradGuard no_grad;
  const auto without =
      linear_cross_entropy(problem.features, problem.weight, problem.bias, problem.targets, 0.1, 3);
  REQUIRE_FALSE(without.sum.requires_grad());
  require_close(without.sum, with.sum, 1e-6);
}

TEST_CASE("the divergence of two passes can be worked by hand", "[models]") {
  // Logits (0, ln 3) and (0, 0): p = (1/4, 3/4), q = (1/2, 1/2). Both directions' mean is
  // ((p - q) . (ln p - ln q)) / 2 = (ln 2 + ln 1.5) / 8 = ln 3 / 8.
  const auto features = torch::tensor({1.0F, 0.0F}).view({2, 1});
  const auto weight = torch::tensor({0.0F, std::log(3.0F)}).view({2, 1});
  const auto loss = paired_cross_entropy(features, weight, torch::zeros({2}), int64s({1}),
                                         {.label_smoothing = 0, .alpha = 6});
  const double mean_nll = -(std::log(0.75) + std::log(0.5)) / 2;
  REQUIRE(loss.tokens == 1);
  REQUIRE(loss.nll.item<double>() == Approx(mean_nll));
  REQUIRE(loss.sum.item<double>() == Approx(mean_nll + 6.0 / 2 * std::log(3.0) / 8));
}

TEST_CASE("the loss of two passes and its gradients equal torch's, whatever the chunk",
          "[models]") {
  const int64_t chunk = GENERATE(1, 4, 14, 100);
  const PairedLossOptions options{.label_smoothing = 0.1, .alpha = GENERATE(0.0, 5.0)};
  LossProblem ours = random_loss_problem(), theirs = random_loss_problem();
  const auto second = torch::randn({7, 4});
  const auto both = [&](const LossProblem& problem) {
    return torch::cat({problem.features, problem.features * 0.5 + second});
  };
  const auto loss =
      paired_cross_entropy(both(ours), ours.weight, ours.bias, ours.targets, options, chunk);

  const auto logits = torch::linear(both(theirs), theirs.weight, theirs.bias);
  const auto entropy =
      torch::cross_entropy_loss(logits, torch::cat({theirs.targets, theirs.targets}), {},
                                at::Reduction::Sum, /*ignore_index=*/-100, 0.1);
  const auto log_probs = logits.log_softmax(-1).chunk(2);
  const auto one_way = [](const torch::Tensor& p, const torch::Tensor& q) {
    return torch::kl_div(q, p, at::Reduction::Sum, /*log_target=*/true);
  };
  const auto divergence =
      (one_way(log_probs[0], log_probs[1]) + one_way(log_probs[1], log_probs[0])) / 2;
  const auto expected = entropy / 2 + options.alpha / 2 * divergence;
  REQUIRE(divergence.item<double>() > 0.1);
  require_close(loss.sum, expected);
  REQUIRE_FALSE(loss.nll.requires_grad());

  (loss.sum / 7).backward();
  (expected / 7).backward();
  require_close(ours.features.grad(), theirs.features.grad());
  require_close(ours.weight.grad(), theirs.weight.grad());
  require_close(ours.bias.grad(), theirs.bias.grad());
}

TEST_CASE("two equal passes lose what one does", "[models]") {
  const LossProblem problem = random_loss_problem();
  const auto once =
      linear_cross_entropy(problem.features, problem.weight, problem.bias, problem.targets, 0.1);
  const auto twice =
      paired_cross_entropy(torch::cat({problem.features, problem.features}), problem.weight,
                           problem.bias, problem.targets, {.label_smoothing = 0.1, .alpha = 5});
  REQUIRE(twice.tokens == once.tokens);
  require_close(twice.sum, once.sum);
  require_close(twice.nll, once.nll);
}

}  // namespace rondo
