#include "app/config/load.h"
#include "app/tasks/memory_answers.h"
#include "app/tasks/memory_task.h"
#include "app/training/updater.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

constexpr int64_t kLength = 50;
constexpr int64_t kMostUpdates = 1000;  // LSTM and GRU need 150 to 500
constexpr double kLearned = 0.01;

Experiment long_addition(RnnType cell, bool orthogonal) {
  Experiment experiment = default_experiment(TaskType::memory);
  experiment.memory.length = kLength;
  experiment.memory.examples = 32 * kMostUpdates;
  experiment.reader = {.rnn_type = cell,
                       .hidden_size = 16,
                       .init_rnn_orthogonal = orthogonal,
                       .chrono_init = kLength};
  experiment.batching.batch_size = 32;
  experiment.training.random_seed = 3;
  experiment.training.clip_grad_norm = 1;
  return experiment;
}

double validation_loss(MemoryTask& task) {
  const torch::NoGradGuard no_grad;
  task.network().eval();
  const double loss = value_of(task.validate(), Metric::loss);
  task.network().train();
  return loss;
}

// The least loss that validations met, one every 50 updates, until it is learned.
double best_loss(const Experiment& experiment) {
  MemoryTask task(experiment, {}, {});
  Updater updater(task, experiment.training, {});
  const auto batches = task.epoch_batches(0);
  double best = validation_loss(task);
  for (int64_t update = 0; update < batches->size() && best > kLearned; ++update) {
    const QueuedBatch batch{.batch = batches->at(update)};
    updater.update({&batch, 1}, 0.02);
    if (update % 50 == 49) best = std::min(best, validation_loss(task));
  }
  return best;
}

// Before anything is learned: the gradient of the answer's loss with respect to what was read
// first, as a share of that with respect to what was read last.
double gradient_kept(const Experiment& experiment) {
  MemoryTask task(experiment, {}, {});
  Batch batch = task.epoch_batches(0)->at(0);
  batch.inputs.requires_grad_();
  task.loss(batch, 0).sum.backward();
  const torch::Tensor norms = batch.inputs.grad().flatten(1).norm(2, 1);  // [time]
  return (norms[0] / norms[-1]).item<double>();
}

}  // namespace

// The seed is fixed; the margins are wide, since another processor rounds in another way.
TEST_CASE("LSTM and GRU learn to add over 50 steps, where their gradients come back", "[tasks]") {
  const auto cell = GENERATE(RnnType::lstm, RnnType::gru);
  const Experiment experiment = long_addition(cell, /*orthogonal=*/true);
  CHECK(gradient_kept(experiment) > 1e-3);
  CHECK(best_loss(experiment) < kLearned);
}

TEST_CASE("a simple RNN does not learn to add over 50 steps, orthogonal at first or not",
          "[tasks]") {
  const bool orthogonal = GENERATE(false, true);
  const Experiment experiment = long_addition(RnnType::rnn, orthogonal);
  if (!orthogonal) CHECK(gradient_kept(experiment) < 1e-5);
  CHECK(best_loss(experiment) > 0.8 * ignorant_loss(experiment.memory));
}

}  // namespace rondo
