#include "models/candidate_sampler.h"

#include <algorithm>

namespace rondo {
namespace {

// min(1, c q) with the c that makes its sum `count`, by bisection.
torch::Tensor inclusion_of(const torch::Tensor& proposal, double count) {
  const auto capped = [&](double c) { return (proposal * c).clamp_max(1); };
  double low = 0, high = 1;
  while (capped(high).sum().item<double>() < count) high *= 2;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (capped(middle).sum().item<double>() < count ? low : high) = middle;
  }
  return capped(high).to(torch::kFloat);
}

}  // namespace

CandidateSampler::CandidateSampler(int64_t vocab, int64_t count) {
  TORCH_CHECK(vocab > 0 && count > 0, "a sampled softmax wants a vocabulary and candidates");
  if (count >= vocab) {
    inclusion_ = torch::ones({vocab});
    return;
  }
  const auto number = torch::arange(vocab, torch::kDouble);
  inclusion_ = inclusion_of(((number + 2) / (number + 1)).log(), static_cast<double>(count));
}

Candidates CandidateSampler::draw(const torch::Tensor& targets) const {
  const torch::NoGradGuard no_grad;
  const auto inclusion = inclusion_.to(targets.device());
  const auto certain = torch::zeros_like(inclusion).index_fill_(0, targets, 1);
  const auto kept = torch::maximum(torch::bernoulli(inclusion), certain);
  const auto ids = kept.nonzero().squeeze(1);
  const auto probability = torch::maximum(inclusion, certain).index_select(0, ids);
  return {ids, probability.log()};
}

}  // namespace rondo
