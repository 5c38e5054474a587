#include "app/training/gradient_guard.h"

#include <cmath>
#include <limits>

#include "tests/support/catch_torch.h"

using rondo::GradientGuard;
using rondo::GradientPolicy;
using rondo::GradientReport;

namespace {

rondo::TrainingOptions with_policy(GradientPolicy policy, double spike = 100) {
  rondo::TrainingOptions options;
  options.gradient_policy = policy;
  options.gradient_spike = spike;
  return options;
}

// What becomes of an update of this norm; divisor 0 = undefined.
struct Judged {
  double not_finite = 0, divisor = 0;
};

Judged judge(GradientGuard& guard, double norm, double divisor = 0) {
  GradientReport report{.norm = torch::tensor(static_cast<float>(norm))};
  report.not_finite = torch::tensor(std::isfinite(norm) ? 0.0F : 1.0F);
  if (divisor > 0) report.divisor = torch::tensor(static_cast<float>(divisor));
  guard.judge(report);
  return {report.not_finite.item<double>(),
          report.divisor.defined() ? report.divisor.item<double>() : 0};
}

// A guard that has seen the norms 1 and 4 in turn, whose geometric mean is 2.
GradientGuard used_to_two(GradientPolicy policy, double spike = 100) {
  GradientGuard guard(with_policy(policy, spike), at::kCPU);
  for (int64_t i = 0; i < GradientGuard::kNeeded; ++i) judge(guard, i % 2 == 0 ? 1 : 4);
  return guard;
}

}  // namespace

TEST_CASE("the usual norm is the geometric mean, once enough were seen", "[training]") {
  GradientGuard guard(with_policy(GradientPolicy::skip), at::kCPU);
  for (int64_t i = 0; i + 1 < GradientGuard::kNeeded; ++i) judge(guard, i % 2 == 0 ? 1 : 4);
  CHECK(std::isnan(guard.usual_norm()));
  CHECK(judge(guard, 1e6).not_finite == 0);
  CHECK(guard.report().spikes == 0);
  CHECK(used_to_two(GradientPolicy::skip).usual_norm() == Approx(2));
}

TEST_CASE("a norm is far too long from so many times the usual one", "[training]") {
  auto guard = used_to_two(GradientPolicy::skip);
  CHECK(judge(guard, 195).not_finite == 0);
  auto other = used_to_two(GradientPolicy::skip);
  CHECK(judge(other, 205).not_finite == 1);
}

TEST_CASE("warn counts a spike and changes nothing", "[training]") {
  auto guard = used_to_two(GradientPolicy::warn);
  const Judged result = judge(guard, 1000, 7);
  CHECK(result.not_finite == 0);
  CHECK(result.divisor == 7);
  const auto report = guard.report();
  CHECK(report.spikes == 1);
  CHECK(report.spike_norm == 1000);
  CHECK(report.spike_usual == Approx(2));
  CHECK(report.spike_ago == 0);
}

TEST_CASE("skip and rollback leave a spike out", "[training]") {
  const auto policy = GENERATE(GradientPolicy::skip, GradientPolicy::rollback);
  auto guard = used_to_two(policy);
  CHECK(judge(guard, 1000).not_finite == 1);
  CHECK(judge(guard, 2).not_finite == 0);
  CHECK(guard.report().spike_ago == 1);
}

TEST_CASE("clip shortens a spike to the usual norm, and nothing else", "[training]") {
  auto guard = used_to_two(GradientPolicy::clip);
  CHECK(judge(guard, 1000).divisor == Approx(500));
  CHECK(judge(guard, 3).divisor == 1);
  // clip_grad_norm may ask for more already.
  auto other = used_to_two(GradientPolicy::clip);
  CHECK(judge(other, 1000, 900).divisor == 900);
}

TEST_CASE("a gradient that is not finite is left out, counted, and teaches nothing", "[training]") {
  const auto policy = GENERATE(GradientPolicy::warn, GradientPolicy::skip, GradientPolicy::clip);
  auto guard = used_to_two(policy);
  for (const double norm : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    CHECK(judge(guard, norm).not_finite == 1);
  }
  CHECK(guard.usual_norm() == Approx(2));
  CHECK(guard.report().not_finite == 2);
  CHECK(guard.report().spikes == 0);
}

TEST_CASE("a norm of zero teaches nothing", "[training]") {
  auto guard = used_to_two(GradientPolicy::skip);
  CHECK(judge(guard, 0).not_finite == 0);
  CHECK(guard.usual_norm() == Approx(2));
}

TEST_CASE("a gradient_spike of 0 judges nothing", "[training]") {
  auto guard = used_to_two(GradientPolicy::skip, 0);
  CHECK(judge(guard, 1e30).not_finite == 0);
  CHECK(guard.report().spikes == 0);
}

TEST_CASE("one spike changes the usual norm little; norms that stay long become usual",
          "[training]") {
  auto guard = used_to_two(GradientPolicy::skip);
  judge(guard, 1e20);
  CHECK(guard.usual_norm() < 3);
  auto other = used_to_two(GradientPolicy::skip);
  for (int i = 0; i < 80; ++i) judge(other, 2e4);
  CHECK(judge(other, 2e4).not_finite == 0);
}

TEST_CASE("a guard goes on from its saved state, or from nothing", "[training]") {
  auto guard = used_to_two(GradientPolicy::skip);
  judge(guard, 1000);
  const auto state = guard.state();
  for (const auto& [name, tensor] : state) CHECK(name.starts_with("guard."));

  GradientGuard other(with_policy(GradientPolicy::skip), at::kCPU);
  other.load_state(state);
  CHECK(other.usual_norm() == guard.usual_norm());
  CHECK(other.report().spikes == 1);
  CHECK(judge(other, 1000).not_finite == 1);

  GradientGuard older(with_policy(GradientPolicy::skip), at::kCPU);
  older.load_state({{"weight", torch::zeros({2})}});
  CHECK(std::isnan(older.usual_norm()));
}
