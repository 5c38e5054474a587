#include "models/loss.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

// 7 tokens of 4 features against a vocabulary of 30, of which some are candidates.
struct SampledProblem {
  OutputLayer layer;
  torch::Tensor targets;
  Candidates candidates;
};

SampledProblem sampled_problem() {
  torch::manual_seed(1);
  SampledProblem problem{
      .layer = {torch::randn({7, 4}).requires_grad_(), torch::randn({30, 4}).requires_grad_(),
                torch::randn({30}).requires_grad_()},
      .targets = torch::randint(0, 30, {7}, torch::kInt64)};
  problem.candidates = CandidateSampler(30, 8).draw(problem.targets);
  return problem;
}

// As the definition has it: logits of candidates less log of inclusion, and smoothing over all.
torch::Tensor defined_loss(const SampledProblem& problem, double smoothing) {
  const auto& [features, weight, bias] = problem.layer;
  const auto logits = torch::linear(features, weight, bias);
  const auto seen =
      logits.index_select(1, problem.candidates.ids) - problem.candidates.log_inclusion;
  const auto target = logits.gather(1, problem.targets.unsqueeze(1)).squeeze(1);
  return (seen.logsumexp(1) - target * (1 - smoothing) - logits.mean(1) * smoothing).sum();
}

void require_equal_gradients(const OutputLayer& ours, const OutputLayer& theirs) {
  require_close(ours.features.grad(), theirs.features.grad());
  require_close(ours.weight.grad(), theirs.weight.grad());
  require_close(ours.bias.grad(), theirs.bias.grad());
}

}  // namespace

TEST_CASE("the sampled loss and its gradients equal autograd's of the definition", "[models]") {
  const int64_t chunk = GENERATE(0, 1, 3);
  const double smoothing = GENERATE(0.0, 0.1);
  const SampledProblem ours = sampled_problem(), theirs = sampled_problem();
  REQUIRE(ours.candidates.ids.size(0) < 25);
  const auto loss =
      sampled_cross_entropy(ours.layer, ours.targets, ours.candidates, smoothing, chunk);
  const auto expected = defined_loss(theirs, smoothing);
  require_close(loss.sum, expected);
  (loss.sum / 7).backward();
  (expected / 7).backward();
  require_equal_gradients(ours.layer, theirs.layer);
}

TEST_CASE("with all entries as candidates the sampled loss is the full one", "[models]") {
  SampledProblem ours = sampled_problem(), theirs = sampled_problem();
  ours.candidates = CandidateSampler(30, 30).draw(ours.targets);
  const auto sampled = sampled_cross_entropy(ours.layer, ours.targets, ours.candidates, 0.1);
  const auto& [features, weight, bias] = theirs.layer;
  const auto full = linear_cross_entropy(features, weight, bias, theirs.targets, 0.1);
  require_close(sampled.sum, full.sum);
  require_close(sampled.nll, full.nll);
  sampled.sum.backward();
  full.sum.backward();
  require_equal_gradients(ours.layer, theirs.layer);
}

TEST_CASE("the gradient of a sampled loss is the full one's on average", "[models]") {
  // An average over draws of the gradient by the sum of exponentials, which is what is unbiased.
  const SampledProblem problem = sampled_problem();
  const CandidateSampler sampler(30, 15);
  auto weight = problem.layer.weight.detach().requires_grad_();
  const auto features = problem.layer.features.detach();
  const auto logits = [&] { return torch::linear(features, weight); };
  constexpr int kDraws = 3000;
  torch::Tensor sum = torch::zeros({});
  for (int i = 0; i < kDraws; ++i) {
    const auto drawn = sampler.draw(problem.targets);
    sum = sum + (logits().index_select(1, drawn.ids) - drawn.log_inclusion).exp().sum();
    if (i % 100 == 99) sum = (sum.backward(), torch::zeros({}));
  }
  const auto mean = weight.grad() / kDraws;
  weight.mutable_grad() = torch::Tensor();
  logits().exp().sum().backward();
  CHECK((mean - weight.grad()).norm().item<double>() < 0.05 * weight.grad().norm().item<double>());
}

TEST_CASE("no gradient is made of frozen weights, and the others stay the same", "[models]") {
  const SampledProblem all = sampled_problem(), frozen = sampled_problem();
  const auto loss_of = [](const SampledProblem& problem, bool freeze) {
    const auto& [features, weight, bias] = problem.layer;
    const auto kept = [&](const torch::Tensor& t) { return freeze ? t.detach() : t; };
    const auto loss =
        linear_cross_entropy(features, kept(weight), kept(bias), problem.targets, 0.1);
    loss.sum.backward();
    return loss.sum.detach();
  };
  require_close(loss_of(frozen, true), loss_of(all, false), 1e-6);
  require_close(frozen.layer.features.grad(), all.layer.features.grad(), 1e-6);
  CHECK_FALSE(frozen.layer.weight.grad().defined());
}

}  // namespace rondo
