#include "app/tasks/translation.h"

#include <map>

#include "app/errors.h"
#include "app/storage/tensor_file.h"
#include "app/tasks/translation_setup.h"
#include "app/training/updater.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"
#include "tokenizers/special_tokens.h"

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

TEST_CASE("a sampled softmax learns eight sentences by heart too", "[tasks]") {
  const rondo::SmallText text;
  Experiment experiment = text.experiment();
  experiment.training.sampled_softmax = 20;  // of 60
  CHECK(value_of(learn_by_heart(experiment, 600), rondo::Metric::bleu) == Approx(100));
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

TEST_CASE("subword sampling segments both sides anew each epoch, the same way each time",
          "[tasks]") {
  const rondo::SmallText text;
  Experiment experiment = text.experiment();
  experiment.tokenizer.model_type =
      GENERATE(rondo::TokenizerModel::bpe, rondo::TokenizerModel::unigram);
  experiment.tokenizer.vocab_size = 40;
  experiment.tokenizer.joint = GENERATE(true, false);
  experiment.tokenizer.alpha = 0.3;
  const rondo::TranslationModel model = rondo::make_translation_model(experiment);
  const rondo::TranslationTask task(model, {});
  // Every line of an epoch in its pieces, in the order of the text.
  const auto pieces = [&](const torch::Tensor rondo::Batch::*side,
                          const rondo::Tokenizer& tokenizer, const rondo::Task& from,
                          int64_t epoch) {
    std::map<std::string, std::string> lines;
    for (const auto& queued : batches_of(from, epoch)) {
      const auto columns = (queued.batch.*side).t().contiguous();
      for (int64_t i = 0; i < columns.size(0); ++i) {
        std::vector<int32_t> ids;
        for (int64_t t = 0; t < columns.size(1); ++t) {
          const auto id = columns[i][t].item<int64_t>();
          if (id >= rondo::kSpecialTokens) ids.push_back(static_cast<int32_t>(id));
        }
        std::string& shown = lines[tokenizer.decode(ids)];
        for (const int32_t id : ids) shown += tokenizer.piece(id) + "|";
      }
    }
    return lines;
  };
  const auto source = [&](const rondo::Task& from, int64_t epoch) {
    return pieces(&rondo::Batch::source, *model.source_tokenizer, from, epoch);
  };
  const auto target = [&](const rondo::Task& from, int64_t epoch) {
    return pieces(&rondo::Batch::target_out, *model.target_tokenizer, from, epoch);
  };
  CHECK(source(task, 1).count("she writes a letter to him") == 1);  // the text is as it was
  CHECK(target(task, 1).count("lei gli scrive una lettera") == 1);
  CHECK(source(task, 0) == source(task, 0));
  CHECK(target(task, 0) == target(task, 0));
  CHECK(source(task, 0) != source(task, 1));
  CHECK(target(task, 0) != target(task, 1));
  Experiment reseeded = experiment;
  reseeded.training.random_seed = 7;
  const auto other =
      rondo::make_translation_epochs(reseeded, model.source_tokenizer, model.target_tokenizer);
  const auto first_batch = [](const rondo::EpochBatches& batches) { return batches.at(0).source; };
  CHECK_FALSE(first_batch(*other->batches(0, 0)).equal(first_batch(*task.epoch_batches(0))));
}

TEST_CASE("two passes without dropout lose what one does, and cost twice as much", "[tasks]") {
  const rondo::SmallText text;
  Experiment experiment = text.experiment();
  const auto task_with = [&](double alpha) {
    experiment.training.r_drop_alpha = alpha;
    return std::make_unique<rondo::TranslationTask>(rondo::make_translation_model(experiment),
                                                    rondo::Hardware{});
  };
  const auto once = task_with(0), twice = task_with(5);
  const auto batch = batches_of(*once, 0).front().batch;
  const auto expected = once->loss(batch, 0.1), found = twice->loss(batch, 0.1);
  CHECK(found.tokens == expected.tokens);
  CHECK(found.sum.item<double>() == Approx(expected.sum.item<double>()));
  CHECK(found.nll.item<double>() == Approx(expected.nll.item<double>()));
  CHECK(twice->matrix_flops(batch) == 2 * once->matrix_flops(batch));
}

TEST_CASE("two passes under any dropout diverge, and the divergence is weighed", "[tasks]") {
  const rondo::SmallText text;
  Experiment experiment = text.experiment();
  SECTION("of elements") { experiment.model.decoder.output_dropout = 0.5; }
  SECTION("of recurrent weights") { experiment.model.encoder.weight_dropout = 0.5; }
  SECTION("of units of the state") { experiment.model.decoder.recurrent_dropout = 0.5; }
  const auto loss = [&](double alpha) {
    experiment.training.r_drop_alpha = alpha;
    rondo::TranslationTask task(rondo::make_translation_model(experiment), {});
    const auto batch = batches_of(task, 0).front().batch;
    torch::manual_seed(11);
    return task.loss(batch, 0).sum.item<double>();
  };
  const double little = loss(1e-9), some = loss(4), more = loss(8);
  CHECK(some > little + 0.02);
  CHECK(more - some == Approx(some - little).epsilon(0.02));
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
