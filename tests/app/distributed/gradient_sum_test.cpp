#include "app/distributed/gradient_sum.h"

#include <mutex>

#include "tests/app/distributed/worker_threads.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

constexpr int64_t kWorkers = 3;

struct Summed {
  std::vector<torch::Tensor> gradients{};
  torch::Tensor number{};
};

// Three parameters, of which the last has no gradient; worker 2 has no batch. Two backward passes
// where `passes` says so.
Summed summed(const Workers& workers, const GradientSumOptions& options, int passes) {
  std::vector<torch::Tensor> parameters;
  for (const int64_t size : {5, 300, 7}) {
    parameters.push_back(torch::full({size, 2}, 0.5, torch::requires_grad()));
  }
  GradientSum sum(parameters, workers, options);
  const auto own = static_cast<float>(workers.rank() + 1);
  torch::Tensor number = torch::zeros({});
  const bool has_batch = workers.rank() != 2;
  for (int pass = 0; has_batch && pass < passes; ++pass) {
    if (pass + 1 == passes) sum.begin();
    const torch::Tensor loss =
        own * (parameters[0].square().sum() + 3 * parameters[1].sum() + 2 * parameters[0].sum());
    loss.backward();
    number += own;
  }
  if (!has_batch) sum.begin();
  sum.finish({&number});
  Summed result{.number = number};
  for (const torch::Tensor& parameter : parameters) result.gradients.push_back(parameter.grad());
  return result;
}

std::vector<Summed> on_all(const GradientSumOptions& options, int passes) {
  std::mutex mutex;
  std::vector<Summed> all(kWorkers);
  run_as_workers(kWorkers, [&](const Workers& workers) {
    Summed own = summed(workers, options, passes);
    const std::lock_guard lock(mutex);
    all[static_cast<size_t>(workers.rank())] = std::move(own);
  });
  return all;
}

}  // namespace

TEST_CASE("gradients are summed over workers, one of which has no batch", "[distributed]") {
  const int passes = GENERATE(1, 2);
  const int64_t bucket_bytes = GENERATE(1, 100, 1 << 20);  // a bucket each, some, one for all
  const auto all = on_all({.bucket_bytes = bucket_bytes}, passes);
  const float total = 3.F * static_cast<float>(passes);  // of workers 0 and 1
  for (const Summed& worker : all) {
    CHECK(worker.number.item<float>() == total);
    CHECK(torch::equal(worker.gradients[0], torch::full({5, 2}, 3 * total)));
    CHECK(torch::equal(worker.gradients[1], torch::full({300, 2}, 3 * total)));
    CHECK(torch::equal(worker.gradients[2], torch::zeros({7, 2})));
  }
}

TEST_CASE("gradients sent as bf16 are near those sent as they are", "[distributed]") {
  const auto all = on_all({.bf16 = true}, 1);
  for (const Summed& worker : all) {
    CHECK(torch::allclose(worker.gradients[0], torch::full({5, 2}, 9.F), 1e-2));
    CHECK(worker.gradients[0].scalar_type() == torch::kFloat32);
    CHECK(torch::equal(worker.gradients[0], all[0].gradients[0]));
  }
}

TEST_CASE("one worker's gradients are left as they are", "[distributed]") {
  const Summed alone = summed(Workers(), {}, 1);
  CHECK(torch::equal(alone.gradients[1], torch::full({300, 2}, 3.F)));
  CHECK_FALSE(alone.gradients[2].defined());
}

}  // namespace rondo
