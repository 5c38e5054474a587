#include "app/tasks/translation.h"

#include "app/errors.h"
#include "app/storage/tensor_file.h"
#include "app/tasks/translation_setup.h"
#include "app/training/updater.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"

using rondo::DecoderType;
using rondo::Experiment;
using rondo::RnnType;

namespace {

std::vector<rondo::QueuedBatch> batches_of(const rondo::Task& task, int64_t epoch) {
  std::vector<rondo::QueuedBatch> all;
  const auto batches = task.epoch_batches(epoch);
  for (int64_t i = 0; i < batches->size(); ++i) all.push_back({.batch = batches->at(i)});
  return all;
}

rondo::Validation validate(rondo::Task& task) {
  const torch::NoGradGuard no_grad;
  task.network().eval();
  rondo::Validation validation = task.validate();
  task.network().train();
  return validation;
}

// Trains until every sentence comes out right, at most `updates` updates.
rondo::Validation learn_by_heart(const Experiment& experiment, int updates) {
  rondo::TranslationTask task(rondo::make_translation_model(experiment), {});
  rondo::Updater updater(task, experiment.training, {});
  const auto batches = batches_of(task, 0);
  rondo::Validation validation;
  for (int update = 1; update <= updates; ++update) {
    updater.update(batches, experiment.training.learning_rate);
    if (update % 40 != 0) continue;
    validation = validate(task);
    if (value_of(validation, rondo::Metric::bleu) > 99.99) break;
  }
  return validation;
}

}  // namespace

TEST_CASE("every decoder and cell learns eight sentences by heart", "[tasks]") {
  const rondo::SmallText text;
  Experiment experiment = text.experiment();
  experiment.model.decoder.type =
      GENERATE(DecoderType::gnmt, DecoderType::luong, DecoderType::bahdanau, DecoderType::vanilla);
  const auto cell = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  experiment.model.encoder.rnn_type = experiment.model.decoder.rnn_type = cell;
  if (cell == RnnType::rnn) experiment.training.learning_rate = 0.003;
  CAPTURE(static_cast<int>(experiment.model.decoder.type), static_cast<int>(cell));
  const rondo::Validation validation = learn_by_heart(experiment, 600);
  CHECK(value_of(validation, rondo::Metric::bleu) == Approx(100));
  CHECK(value_of(validation, rondo::Metric::chrf) == Approx(100));
  REQUIRE(validation.samples.size() == 3);
  CHECK(validation.samples[2].source == "we sing");
  CHECK(validation.samples[2].hypothesis == "cantiamo");
}

TEST_CASE("bf16 learns eight sentences by heart too", "[tasks]") {
  const rondo::SmallText text;
  const Experiment experiment = text.experiment();
  const rondo::Hardware bf16{.device = at::kCPU, .bf16 = true};
  rondo::TranslationTask task(rondo::make_translation_model(experiment), bf16);
  rondo::Updater updater(task, experiment.training, bf16);
  const auto batches = batches_of(task, 0);
  for (int update = 0; update < 200; ++update) updater.update(batches, 0.01);
  CHECK(value_of(validate(task), rondo::Metric::bleu) == Approx(100));
}

TEST_CASE("four accumulated batches give the weights of one four times as large", "[tasks]") {
  const rondo::SmallText text;
  Experiment experiment = text.experiment();
  experiment.training.optimizer = rondo::OptimizerType::sgd;
  experiment.batching.batch_type = rondo::BatchType::sentence;
  const auto trained = [&](int64_t batch_size) {
    experiment.batching.batch_size = batch_size;
    rondo::TranslationTask task(rondo::make_translation_model(experiment), {});
    rondo::Updater updater(task, experiment.training, {});
    const auto batches = batches_of(task, 0);
    CHECK(static_cast<int64_t>(batches.size()) == 8 / batch_size);
    for (int update = 0; update < 3; ++update) updater.update(batches, 0.1);
    std::vector<torch::Tensor> weights;
    for (const auto& tensor : rondo::tensors_of(updater.parameters())) {
      weights.push_back(tensor.detach().flatten());
    }
    return torch::cat(weights);
  };
  CHECK(torch::allclose(trained(2), trained(8), 0, 1e-6));
}

TEST_CASE("the loss of a batch is that of its pairs, whatever they are padded to", "[tasks]") {
  const rondo::SmallText text;
  Experiment experiment = text.experiment();
  experiment.batching.batch_type = rondo::BatchType::sentence;
  const auto total = [&](int64_t batch_size) {
    experiment.batching.batch_size = batch_size;
    rondo::TranslationTask task(rondo::make_translation_model(experiment), {});
    const torch::NoGradGuard no_grad;
    double sum = 0;
    for (const auto& queued : batches_of(task, 0)) {
      sum += task.loss(queued.batch, 0.1).sum.item<double>();
    }
    return sum;
  };
  CHECK(total(1) == Approx(total(8)).epsilon(1e-5));
}

TEST_CASE("subword sampling segments each epoch anew, and the same way each time", "[tasks]") {
  const rondo::SmallText text;
  Experiment experiment = text.experiment();
  experiment.tokenizer.alpha = 0.5;
  const auto targets_of = [](const rondo::Task& task, int64_t epoch) {
    std::vector<int64_t> ids;
    for (const auto& queued : batches_of(task, epoch)) {
      const auto flat = queued.batch.target_out.flatten();
      ids.insert(ids.end(), flat.data_ptr<int64_t>(), flat.data_ptr<int64_t>() + flat.numel());
    }
    return ids;
  };
  const rondo::TranslationTask task(rondo::make_translation_model(experiment), {});
  CHECK(targets_of(task, 0) == targets_of(task, 0));
  CHECK(targets_of(task, 0) != targets_of(task, 1));
}

TEST_CASE("training starts from the weights and the vocabulary of a model file", "[tasks]") {
  const rondo::SmallText text;
  Experiment experiment = text.experiment();
  const auto path = text.folder / "model.rondo";
  const rondo::TranslationModel model = rondo::make_translation_model(experiment);
  rondo::write_tensor_file(path, rondo::to_tensor_file(model));
  experiment.training.random_seed = 7;
  const rondo::TranslationModel again = rondo::start_from_model(experiment, path);
  CHECK(again.target_tokenizer->serialized() == model.target_tokenizer->serialized());
  const auto expected = rondo::distinct_parameters(*model.network);
  const auto actual = rondo::distinct_parameters(*again.network);
  REQUIRE(actual.size() == expected.size());
  for (size_t i = 0; i < actual.size(); ++i) {
    CHECK(torch::equal(actual[i].tensor, expected[i].tensor));
  }
  experiment.model.decoder.hidden_size = 40;
  CHECK_THROWS_WITH(rondo::start_from_model(experiment, path),
                    Catch::Contains("model.rondo") && Catch::Contains("does not fit"));
}
