#include <torch/torch.h>

#include <numeric>
#include <random>

#include "app/bench/cell_experiment.h"
#include "app/bench/measure_cell.h"
#include "app/bench/timed_training.h"
#include "app/tasks/translation.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

// One batch of random sentences of one length, over and over: the next costs what the last did.
class SyntheticBatches : public EpochBatches {
 public:
  explicit SyntheticBatches(const Batch& batch) : batch_(batch) {}
  int64_t size() const override { return 1000; }
  Batch at(int64_t /*index*/) const override { return batch_; }

 private:
  Batch batch_;
};

TokenTable random_sentences(const CellSettings& settings, uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::uniform_int_distribution<int32_t> token(kSpecialTokens,
                                               static_cast<int32_t>(settings.vocabulary) - 1);
  TokenTable table;
  for (int64_t line = 0; line < settings.batch_sentences; ++line) {
    std::vector<int32_t> ids(static_cast<size_t>(settings.length));
    for (int32_t& id : ids) id = token(generator);
    table.push_back(ids);
  }
  return table;
}

Batch synthetic_batch(const CellSettings& settings) {
  std::vector<int64_t> indices(static_cast<size_t>(settings.batch_sentences));
  std::iota(indices.begin(), indices.end(), 0);
  return make_batch(random_sentences(settings, 1), random_sentences(settings, 2), indices);
}

class SyntheticTask : public Task {
 public:
  SyntheticTask(const CellSettings& settings, const Seq2SeqOptions& options,
                const Hardware& hardware)
      : batch_(synthetic_batch(settings)), network_(options), work_(matrix_work(*network_)) {
    network_->to(hardware.device);
  }

  torch::nn::Module& network() override { return *network_; }
  std::unique_ptr<EpochBatches> epoch_batches(int64_t /*epoch*/) const override {
    return std::make_unique<SyntheticBatches>(batch_);
  }
  LossSum loss(const Batch& batch, double label_smoothing) override {
    return translation_loss(*network_, batch, label_smoothing);
  }
  double matrix_flops(const Batch& batch) const override { return translation_flops(work_, batch); }
  Validation validate() override { return {}; }
  TensorFile model_file(const std::string& /*history*/) const override { return {}; }

 private:
  Batch batch_;
  Seq2Seq network_;
  MatrixWork work_;
};

}  // namespace

Values measure_synthetic(const CellSettings& settings) {
  const Experiment experiment = experiment_of(settings);
  const Hardware hardware = prepare_hardware(experiment.training);
  torch::manual_seed(experiment.training.random_seed);
  SyntheticTask task(settings, experiment.model, hardware);
  return timed_training(task, experiment.training, hardware, settings);
}

}  // namespace rondo
