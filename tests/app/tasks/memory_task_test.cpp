#include "app/tasks/memory_task.h"

#include "app/config/load.h"
#include "app/errors.h"
#include "app/storage/model_summary.h"
#include "app/tasks/training_run.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

Experiment small_memory(MemoryProblem problem = MemoryProblem::adding) {
  Experiment experiment = default_experiment(TaskType::memory);
  experiment.name = "small";
  experiment.memory = {.problem = problem,
                       .length = 6,
                       .symbols = 3,
                       .copied = 2,
                       .examples = 25,
                       .dev_examples = 130};
  experiment.reader.hidden_size = 7;
  experiment.batching.batch_size = 10;
  TrainingOptions& training = experiment.training;
  training.precision = Precision::fp32;
  training.device = DeviceChoice::cpu;
  training.num_threads = 1;
  return experiment;
}

Experiment memory_run(const TemporaryFolder& folder, double epochs) {
  Experiment experiment = small_memory(MemoryProblem::reverse);
  experiment.model_dir = folder / "run";
  experiment.training.max_duration = {Duration::Unit::epochs, epochs};
  return experiment;
}

Batch first_of(const Batch& batch, int64_t count) {
  Batch cut;
  cut.inputs = batch.inputs.narrow(1, 0, count);
  if (batch.labels.defined()) cut.labels = batch.labels.narrow(0, 0, count);
  if (batch.target_out.defined()) cut.target_out = batch.target_out.narrow(1, 0, count);
  return cut;
}

Validation validate(MemoryTask& task) {
  const torch::NoGradGuard no_grad;
  task.network().eval();
  return task.validate();
}

}  // namespace

TEST_CASE("an epoch of a synthetic problem has all its examples, the last batch the rest",
          "[tasks]") {
  Experiment experiment = small_memory();
  const auto sizes = [&] {
    std::vector<int64_t> sizes;
    const auto batches = MemoryTask(experiment, {}, {}).epoch_batches(0);
    for (int64_t i = 0; i < batches->size(); ++i) sizes.push_back(batches->at(i).size());
    return sizes;
  };
  CHECK(sizes() == std::vector<int64_t>{10, 10, 5});
  experiment.batching = {.batch_type = BatchType::token, .batch_size = 6 * 12};
  CHECK(sizes() == std::vector<int64_t>{12, 12, 1});
}

TEST_CASE("an epoch's examples are new ones, and the same whenever it is asked for", "[tasks]") {
  const MemoryTask task(small_memory(), {}, {}), other(small_memory(), {}, {});
  const auto inputs = [](const MemoryTask& task, int64_t epoch, int64_t index) {
    return task.epoch_batches(epoch)->at(index).inputs;
  };
  CHECK(inputs(task, 1, 0).equal(inputs(other, 1, 0)));
  CHECK_FALSE(inputs(task, 1, 0).equal(inputs(task, 0, 0)));
  CHECK_FALSE(inputs(task, 0, 1).equal(inputs(task, 0, 0)));
}

TEST_CASE("the loss of any problem and cell reaches every parameter", "[tasks]") {
  const auto problem = GENERATE(MemoryProblem::adding, MemoryProblem::copy, MemoryProblem::reverse);
  Experiment experiment = small_memory(problem);
  experiment.reader.rnn_type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  experiment.reader.num_layers = 2;
  MemoryTask task(experiment, {}, {});
  const Batch batch = task.epoch_batches(0)->at(0);
  const LossSum loss = task.loss(batch, 0);
  CHECK(loss.tokens == batch.target_tokens);
  loss.sum.backward();
  require_gradient_everywhere(task.network());
}

TEST_CASE("the loss of part of a batch is that of its own examples", "[tasks]") {
  const auto problem = GENERATE(MemoryProblem::adding, MemoryProblem::reverse);
  MemoryTask task(small_memory(problem), {}, {});
  const Batch batch = task.epoch_batches(0)->at(0);
  double sum = 0;
  int64_t targets = 0;
  for (int64_t i = 0; i < batch.size(); ++i) {
    const double more = task.loss(first_of(batch, i + 1), 0).sum.item<double>();
    CHECK(more > sum);
    sum = more;
    targets = task.loss(first_of(batch, i + 1), 0).tokens;
  }
  CHECK(sum == Approx(task.loss(batch, 0).sum.item<double>()));
  CHECK(targets == batch.target_tokens);
}

TEST_CASE("validation measures all its examples, the same for every random seed", "[tasks]") {
  Experiment experiment = small_memory();
  MemoryTask task(experiment, {}, {});
  const Validation once = validate(task), again = validate(task);
  CHECK(value_of(once, Metric::loss) == value_of(again, Metric::loss));
  experiment.training.random_seed = 99;
  MemoryTask other(experiment, {}, {});
  const Validation of_other = validate(other);
  REQUIRE(once.samples.size() == 3);
  for (size_t i = 0; i < 3; ++i) CHECK(once.samples[i].source == of_other.samples[i].source);
  CHECK(value_of(once, Metric::loss) != value_of(of_other, Metric::loss));
}

TEST_CASE("a network that always says one has the stated loss at validation", "[tasks]") {
  Experiment experiment = small_memory();
  experiment.memory.dev_examples = 2000;
  experiment.training.print_valid_sents = 0;
  MemoryTask task(experiment, {}, {});
  {
    const torch::NoGradGuard no_grad;
    auto weights = task.network().named_parameters();
    weights["output.weight"].zero_();
    weights["output.bias"].fill_(1);
  }
  const Validation validation = validate(task);
  CHECK(value_of(validation, Metric::loss) == Approx(1.0 / 6).margin(0.012));
  // The sum's density at 1 is 1: twice 0.04 of them are near enough by luck.
  CHECK(value_of(validation, Metric::accuracy) == Approx(0.0784).margin(0.025));
  CHECK(validation.samples.empty());
}

TEST_CASE("the matrix products of a synthetic problem are counted from its weights", "[tasks]") {
  MemoryTask task(small_memory(), {}, {});
  const Batch batch = task.epoch_batches(0)->at(0);
  const double step = 4 * 7 * (2 + 7), answer = 7;
  CHECK(task.matrix_flops(batch) == Approx(6 * (step * 6 * 10 + answer * 10)));
}

TEST_CASE("layers of a synthetic problem's network are counted from the output down", "[tasks]") {
  Experiment experiment = small_memory();
  experiment.reader.num_layers = 2;
  const MemoryTask task(experiment, {}, {});
  CHECK(task.depth_of("output.weight") == 0);
  CHECK(task.depth_of("layer_1.bias_hh") == 1);
  CHECK(task.depth_of("layer_0.weight_ih") == 2);
}

TEST_CASE("a synthetic problem's model can be inspected, and started from", "[tasks]") {
  const TemporaryFolder folder;
  const Experiment experiment = memory_run(folder, 2);
  run_training({.experiment = experiment});
  const auto path = folder / "run" / "best.rondo";
  const ModelSummary summary = summarise_model(path);
  CHECK(summary.task == "memory");
  CHECK(summary.tokenizers.empty());
  CHECK(to_text(summary).find("layer_0") != std::string::npos);
  CHECK(to_text(summary).find("tokenizer") == std::string::npos);
  MemoryTask task(experiment, path, {});
  CHECK(value_of(validate(task), Metric::loss) ==
        Approx(value_of(summary.history.back().values, "loss")));
  const std::string log = read_bytes(folder / "run" / "train.log");
  CHECK(log.find("is that of remembering nothing") != std::string::npos);
}

TEST_CASE("a model that does not fit a synthetic problem is refused", "[tasks]") {
  const TemporaryFolder folder;
  Experiment experiment = memory_run(folder, 1);
  run_training({.experiment = experiment});
  experiment.reader.hidden_size = 8;
  const std::string path = folder / "run" / "best.rondo";
  CHECK_THROWS_WITH(MemoryTask(experiment, path, {}),
                    path + ": 'layer_0.weight_ih' is [28, 5] but the configuration needs [32, 5]");
}

TEST_CASE("a synthetic problem's run that was stopped goes on as if it had not been", "[tasks]") {
  const TemporaryFolder folder;
  const auto weights_after = [&](double epochs, double then) {
    Experiment experiment = memory_run(folder, epochs);
    run_training({.experiment = experiment, .overwrite = true});
    experiment.training.max_duration.value = then;
    if (then > epochs) run_training({.experiment = experiment, .resume = true});
    return read_tensor_file(folder / "run" / "latest.ckpt").tensors;
  };
  const auto straight = weights_after(4, 4), resumed = weights_after(2, 4);
  for (const auto& [name, tensor] : straight) {
    CAPTURE(name);
    CHECK(tensor.equal(resumed.at(name)));
  }
}

}  // namespace rondo
