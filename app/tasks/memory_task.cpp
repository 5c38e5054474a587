#include "app/tasks/memory_task.h"

#include <algorithm>

#include "app/errors.h"
#include "app/storage/model_format.h"
#include "app/storage/network_weights.h"
#include "app/tasks/memory_answers.h"
#include "app/tasks/memory_examples.h"
#include "app/training/dry_run.h"

namespace rondo {
namespace {

constexpr int64_t kDevelopmentEpoch = -1;  // no epoch of training
constexpr int64_t kDevelopmentBatch = 100;

int64_t batch_size(const Experiment& experiment) {
  const BatchOptions& batching = experiment.batching;
  if (batching.batch_type == BatchType::sentence) return batching.batch_size;
  return std::max<int64_t>(1, batching.batch_size / memory_shape(experiment.memory).steps);
}

class MemoryBatches : public EpochBatches {
 public:
  MemoryBatches(const Experiment& experiment, int64_t epoch)
      : options_(experiment.memory),
        random_seed_(experiment.training.random_seed),
        epoch_(epoch),
        batch_size_(batch_size(experiment)) {}

  int64_t size() const override { return (options_.examples + batch_size_ - 1) / batch_size_; }
  Batch at(int64_t index) const override {
    const int64_t left = options_.examples - index * batch_size_;
    return memory_batch(options_, std::min(left, batch_size_),
                        {.random_seed = random_seed_, .epoch = epoch_, .batch = index});
  }

 private:
  MemoryOptions options_;
  uint64_t random_seed_ = 0;
  int64_t epoch_ = 0;
  int64_t batch_size_ = 0;
};

// The development examples from `first` on, at most kDevelopmentBatch of them.
Batch development_batch(const MemoryOptions& options, int64_t first) {
  return memory_batch(options, std::min(kDevelopmentBatch, options.dev_examples - first),
                      {.epoch = kDevelopmentEpoch, .batch = first / kDevelopmentBatch});
}

SequenceReader make_reader(const Experiment& experiment) {
  const MemoryShape shape = memory_shape(experiment.memory);
  SequenceReaderOptions options = experiment.reader;
  options.inputs = shape.inputs;
  options.outputs = shape.outputs;
  torch::manual_seed(experiment.training.random_seed);
  try {
    return SequenceReader(options);
  } catch (const std::invalid_argument& error) {
    throw ConfigError(std::string("model: ") + error.what());
  }
}

}  // namespace

MemoryTask::MemoryTask(const Experiment& experiment, const std::filesystem::path& start,
                       const Hardware& hardware)
    : experiment_(experiment), hardware_(hardware), network_(make_reader(experiment)) {
  if (!start.empty()) {
    const TensorFile file = read_tensor_file(start);
    check_task(file, TaskType::memory, start.string());
    copy_weights(file, *network_, start.string());
  }
  network_->to(hardware.device);
}

std::unique_ptr<EpochBatches> MemoryTask::epoch_batches(int64_t epoch) const {
  return std::make_unique<MemoryBatches>(experiment_, epoch);
}

torch::Tensor MemoryTask::answers(const torch::Tensor& inputs) {
  return network_->forward(inputs, memory_shape(experiment_.memory).answers);
}

LossSum MemoryTask::loss(const Batch& batch, double label_smoothing) {
  return memory_loss(experiment_.memory, answers(batch.inputs), batch, label_smoothing);
}

double MemoryTask::matrix_flops(const Batch& batch) const {
  const SequenceReaderOptions& options = network_->options;
  double multiply_adds =
      static_cast<double>(options.hidden_size * options.outputs * batch.target_tokens);
  for (const auto& item : network_->named_parameters()) {
    const bool recurrent = item.value().dim() == 2 && item.key().starts_with("layer_");
    if (recurrent) multiply_adds += static_cast<double>(item.value().numel() * batch.tokens);
  }
  return 2.0 * 3.0 * multiply_adds;  // as in training_flops
}

// The output is 0, the top layer 1.
int64_t MemoryTask::depth_of(const std::string& parameter) const {
  constexpr std::string_view kLayer = "layer_";
  if (!parameter.starts_with(kLayer)) return 0;
  return network_->options.num_layers - std::stoll(parameter.substr(kLayer.size()));
}

Validation MemoryTask::validate() {
  const MemoryOptions& options = experiment_.memory;
  Validation validation;
  double loss = 0;
  int64_t right = 0, targets = 0;
  const Workers& workers = hardware_.workers;
  for (int64_t first = kDevelopmentBatch * workers.rank(); first < options.dev_examples;
       first += kDevelopmentBatch * workers.size()) {
    const Batch batch = development_batch(options, first);
    const torch::Tensor said = answers(batch.inputs.to(hardware_.device)).cpu();
    const LossSum sum = memory_loss(options, said, batch, 0);
    loss += sum.nll.item<double>();
    targets += sum.tokens;
    right += right_answers(options, said, batch);
    const int64_t wanted = experiment_.training.print_valid_sents - first;
    for (int64_t i = 0; i < std::min(wanted, batch.size()); ++i) {
      validation.samples.push_back(memory_sample(options, said, batch, i));
    }
  }
  const std::vector<double> sums =
      workers.sum({loss, static_cast<double>(right), static_cast<double>(targets)});
  validation.values = {{"loss", sums[0] / sums[2]}, {"accuracy", sums[1] / sums[2]}};
  return validation;
}

TensorFile MemoryTask::model_file(const std::string& history) const {
  TensorFile file;
  add_weights(*network_, file);
  add_description(experiment_, history, file);
  return file;
}

std::vector<std::string> MemoryTask::summary() const {
  std::vector<std::string> lines = memory_summary(experiment_.memory);
  lines.push_back("examples: " + with_commas(experiment_.memory.examples) +
                  " an epoch, new in each; the same " +
                  with_commas(experiment_.memory.dev_examples) + " at every validation");
  return lines;
}

}  // namespace rondo
