#include "app/storage/sentiment_model.h"
#include "app/tasks/task_factory.h"
#include "app/tasks/task_setup.h"
#include "app/tasks/training_run.h"
#include "app/tasks/translation.h"
#include "app/tasks/translation_setup.h"
#include "app/training/frozen_parameters.h"
#include "app/training/updater.h"
#include "tests/app/tasks/small_reviews.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

using Tensors = std::map<std::string, torch::Tensor>;

// What a run that stops after `epochs`, and one that goes on to `then`, leave.
Tensors checkpoint_after(Experiment experiment, int epochs, int then) {
  experiment.training.max_duration = {Duration::Unit::epochs, static_cast<double>(epochs)};
  run_training({.experiment = experiment, .overwrite = true});
  experiment.training.max_duration.value = then;
  if (then > epochs) run_training({.experiment = experiment, .resume = true});
  return read_tensor_file(experiment.model_dir / "latest.ckpt").tensors;
}

bool is_frozen(const std::string& name) {
  return name.find("encoder.") == 0 || name.find("source_embedding") == 0;
}

Experiment frozen_translation(const SmallText& text) {
  Experiment experiment = text.experiment();
  experiment.model.decoder.dropout = 0.1;
  experiment.training.freeze = {"encoder", "source_embedding"};
  experiment.training.ema_decay = 0.9;
  experiment.batching.batch_size = 30;
  return experiment;
}

}  // namespace

TEST_CASE("frozen weights stay bit for bit, in every file, and all others move", "[tasks]") {
  const SmallText text;
  const Experiment experiment = frozen_translation(text);
  const auto before = to_tensor_file(make_translation_model(experiment)).tensors;
  const Tensors checkpoint = checkpoint_after(experiment, 3, 3);
  const Tensors best = read_tensor_file(experiment.model_dir / "best.rondo").tensors;
  for (const auto& [name, tensor] : before) {
    if (name.starts_with("tokenizer.")) continue;
    CAPTURE(name);
    CHECK(checkpoint.at(name).equal(tensor) == is_frozen(name));
    CHECK(best.at(name).equal(tensor) == is_frozen(name));
    CHECK(checkpoint.contains("optimizer.first." + name) != is_frozen(name));
  }
  CHECK_THAT(read_bytes(experiment.model_dir / "train.log"), Catch::Contains(" of them frozen"));
}

TEST_CASE("a frozen run that was stopped goes on as if it had not been", "[tasks]") {
  const SmallText text;
  const Experiment experiment = frozen_translation(text);
  const Tensors straight = checkpoint_after(experiment, 4, 4);
  const Tensors resumed = checkpoint_after(experiment, 2, 4);
  CHECK(straight.size() == resumed.size());
  for (const auto& [name, tensor] : straight) {
    CAPTURE(name);
    CHECK(tensor.equal(resumed.at(name)));
  }
}

TEST_CASE("every cell trains behind frozen layers, in fp32 and bf16", "[tasks]") {
  const SmallText text;
  Experiment experiment = text.experiment();
  const auto cell = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  experiment.model.encoder.rnn_type = experiment.model.decoder.rnn_type = cell;
  const Hardware hardware{.device = at::kCPU, .bf16 = GENERATE(false, true)};
  TranslationTask task(make_translation_model(experiment), hardware);
  // The output layer's embedding too: the loss has a gradient of its own for it.
  freeze_parameters(task.network(), {"encoder", "target_embedding", "decoder.layer"});
  const auto before = weights_of(task.network());
  Weights copies;
  for (const auto& [name, tensor] : before) copies[name] = tensor.detach().clone();
  Updater updater(task, experiment.training, hardware);
  const auto batches = task.epoch_batches(0);
  std::vector<QueuedBatch> all;
  for (int64_t i = 0; i < batches->size(); ++i) all.push_back({.batch = batches->at(i)});
  for (int update = 0; update < 3; ++update) updater.update(all, 0.01);
  for (const auto& [name, tensor] : before) {
    CAPTURE(name);
    CHECK(tensor.equal(copies.at(name)) != tensor.requires_grad());
  }
}

TEST_CASE("a frozen network runs in eight bits", "[tasks]") {
  const SmallText text;
  TranslationModel model = make_translation_model(text.experiment());
  freeze_parameters(*model.network, {"encoder", "decoder"});
  model.network->eval();
  const torch::NoGradGuard no_grad;
  const auto tokens = torch::tensor({{5, 9}, {17, 3}}, torch::kInt64);
  const auto lengths = torch::tensor({2, 2}, torch::kInt64);
  const auto exact = model.network->forward(tokens, lengths, tokens).features;
  model.network->quantize();
  const auto rounded = model.network->forward(tokens, lengths, tokens).features;
  CHECK_FALSE(rounded.equal(exact));
  CHECK(torch::allclose(rounded, exact, 0.1, 0.05));
}

TEST_CASE("a classifier learns behind a frozen embedding, adversarial steps too", "[tasks]") {
  const SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.training.freeze = {"embedding"};
  experiment.training.discriminative_factor = 0.5;
  experiment.training.gradual_unfreezing = 2;
  experiment.classifying.adversarial_epsilon = GENERATE(0.0, 0.1);
  experiment.classifier.members = 2;
  const auto task = make_task(experiment, {}, {});
  const auto before = task->model_file("[]").tensors.at("member_1.embedding.weight").clone();
  const Tensors after = checkpoint_after(experiment, 5, 5);
  CHECK(after.at("member_1.embedding.weight").equal(before));
  const auto start = task->model_file("[]").tensors;
  CHECK_FALSE(after.at("member_1.encoder.forward_0.weight_ih")
                  .equal(start.at("member_1.encoder.forward_0.weight_ih")));
}

}  // namespace rondo
