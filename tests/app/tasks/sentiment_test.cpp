#include "app/tasks/sentiment.h"

#include "app/errors.h"
#include "app/tasks/sentiment_setup.h"
#include "app/tasks/training_run.h"
#include "app/training/updater.h"
#include "tests/app/tasks/small_reviews.h"
#include "tests/support/catch_torch.h"

using rondo::Experiment;
using rondo::Metric;
using rondo::Pooling;
using rondo::TargetType;

namespace {

// 120 updates over the whole text, then a validation.
rondo::Validation learn_by_heart(const Experiment& experiment) {
  rondo::SentimentTask task(rondo::make_sentiment_model(experiment), {});
  rondo::Updater updater(task, experiment.training, {});
  const auto batches = task.epoch_batches(0);
  std::vector<rondo::QueuedBatch> all;
  for (int64_t i = 0; i < batches->size(); ++i) all.push_back({.batch = batches->at(i)});
  for (int update = 0; update < 120; ++update) updater.update(all, 0.01);
  const torch::NoGradGuard no_grad;
  task.network().eval();
  return task.validate();
}

}  // namespace

TEST_CASE("every pooling and cell learns eight labels by heart", "[tasks]") {
  const rondo::SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.classifier.pooling =
      GENERATE(Pooling::last, Pooling::mean, Pooling::max, Pooling::concat, Pooling::attention);
  experiment.classifier.encoder.rnn_type =
      GENERATE(rondo::RnnType::rnn, rondo::RnnType::lstm, rondo::RnnType::gru);
  const rondo::Validation validation = learn_by_heart(experiment);
  CHECK(value_of(validation, Metric::accuracy) == 1);
  CHECK(value_of(validation, Metric::mcc) == Approx(1));
  CHECK(value_of(validation, Metric::loss) < 0.1);
  REQUIRE(validation.samples.size() == 3);
  CHECK(validation.samples[1].reference == "neg");
}

TEST_CASE("stars in order, several labels and numbers are learned by heart", "[tasks]") {
  const rondo::SmallReviews reviews;
  const auto ordinal = learn_by_heart(reviews.experiment(TargetType::ordinal));
  CHECK(value_of(ordinal, Metric::accuracy) == 1);
  CHECK(value_of(ordinal, Metric::mae) == 0);
  const auto topics = learn_by_heart(reviews.experiment(TargetType::multi_label));
  CHECK(value_of(topics, Metric::accuracy) == 1);
  CHECK(value_of(topics, Metric::micro_f1) == Approx(1));
  const auto rating = learn_by_heart(reviews.experiment(TargetType::value));
  CHECK(value_of(rating, Metric::rmse) < 0.3);
  CHECK(value_of(rating, Metric::pearson) > 0.98);
}

TEST_CASE("second passes and weights change the loss and still learn", "[tasks]") {
  const rondo::SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.classifying.adversarial_epsilon = 0.1;
  experiment.training.r_drop_alpha = 0.5;
  experiment.classifying.class_weights = rondo::ClassWeights::balanced;
  experiment.classifying.loss.focal_gamma = 1;
  experiment.classifier.output_dropout = 0.1;
  CHECK(value_of(learn_by_heart(experiment), Metric::accuracy) == 1);
}

TEST_CASE("balanced classes weigh the same in all", "[tasks]") {
  const auto labels = torch::tensor({0, 0, 0, 1}, torch::kInt64);
  rondo::ClassifyingOptions options;
  CHECK_FALSE(rondo::class_weights(options, labels, 2).defined());
  options.class_weights = rondo::ClassWeights::balanced;
  const auto weights = rondo::class_weights(options, labels, 2);
  CHECK(weights[0].item<float>() * 3 == Approx(2));
  CHECK(weights[1].item<float>() == Approx(2));
}

TEST_CASE("a classifier's run leaves a calibrated model that says its labels", "[tasks]") {
  const rondo::SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.labelled.test = experiment.labelled.dev;
  experiment.classifying.choose_threshold = rondo::ThresholdChoice::accuracy;
  experiment.training.max_duration = {rondo::Duration::Unit::epochs, 60};
  experiment.training.validation_freq = {rondo::Duration::Unit::epochs, 20};
  rondo::run_training({.experiment = experiment});
  const auto model = rondo::load_sentiment_model(reviews.folder / "run" / "best.rondo");
  CHECK(model.experiment.labelled.labels == std::vector<std::string>{"neg", "pos"});
  CHECK(model.experiment.scoring.temperature != 1);
  const std::string log = rondo::read_bytes(reviews.folder / "run" / "train.log");
  CHECK(log.find("labels: neg 4, pos 4") != std::string::npos);
  CHECK(log.find("  accuracy 1.0000  macro_f1 1.0000  mcc 1.0000  auc 1.0000  (8 texts)") !=
        std::string::npos);
  CHECK(log.find("ppl") == std::string::npos);
}

TEST_CASE("a classifier's run that was stopped goes on as if it had not been", "[tasks]") {
  const rondo::SmallReviews reviews;
  const auto weights_after = [&](int epochs, int then) {
    Experiment experiment = reviews.experiment();
    experiment.classifier.encoder.dropout = 0.2;
    experiment.training.max_duration = {rondo::Duration::Unit::epochs, double(epochs)};
    rondo::run_training({.experiment = experiment, .overwrite = true});
    experiment.training.max_duration.value = then;
    if (then > epochs) rondo::run_training({.experiment = experiment, .resume = true});
    return rondo::read_tensor_file(reviews.folder / "run" / "latest.ckpt").tensors;
  };
  const auto straight = weights_after(4, 4), resumed = weights_after(2, 4);
  for (const auto& [name, tensor] : straight) {
    CAPTURE(name);
    CHECK(tensor.equal(resumed.at(name)));
  }
}

TEST_CASE("a model of one task is refused by the other", "[tasks]") {
  const rondo::SmallText text;
  Experiment translation = text.experiment();
  translation.training.max_duration = {rondo::Duration::Unit::epochs, 1};
  rondo::run_training({.experiment = translation});
  const auto path = text.folder / "run" / "best.rondo";
  CHECK_THROWS_WITH(rondo::load_sentiment_model(path),
                    path.string() + ": is a model for translation, not for sentiment");
}

TEST_CASE("a classifier begins with the encoder of a language model", "[tasks]") {
  const rondo::SmallReviews reviews;
  Experiment language = reviews.experiment();
  language.task = rondo::TaskType::language_model;
  language.training.early_stopping_metric = Metric::loss;
  language.training.max_duration = {rondo::Duration::Unit::epochs, 80};
  language.training.validation_freq = {rondo::Duration::Unit::epochs, 40};
  rondo::run_training({.experiment = language});
  const std::string log = rondo::read_bytes(reviews.folder / "run" / "train.log");
  CHECK(log.find("  ppl 1.") != std::string::npos);

  Experiment experiment = reviews.experiment();
  experiment.training.load_encoder = reviews.folder / "run" / "best.rondo";
  const auto model = rondo::make_sentiment_model(experiment);
  const auto file = rondo::read_tensor_file(experiment.training.load_encoder);
  for (const std::string name : {"embedding.weight", "encoder.backward_0.weight_hh"}) {
    CHECK(model.network->named_parameters()[name].equal(file.tensors.at(name)));
  }
  experiment.classifier.encoder.hidden_size = 8;
  CHECK_THROWS_AS(rondo::make_sentiment_model(experiment), rondo::DataError);
}

TEST_CASE("the members of an ensemble learn each by itself and answer together", "[tasks]") {
  const rondo::SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.classifier.members = 3;
  experiment.training.max_duration = {rondo::Duration::Unit::epochs, 60};
  experiment.training.validation_freq = {rondo::Duration::Unit::epochs, 60};
  rondo::run_training({.experiment = experiment});
  auto model = rondo::load_sentiment_model(reviews.folder / "run" / "best.rondo");
  model.network->eval();
  rondo::Classifier network = model.network;
  const auto tokens = torch::tensor({{5, 6}, {7, 3}, {3, 0}}), lengths = torch::tensor({3, 2});
  auto sum = torch::zeros({2, 2});
  for (rondo::ClassifierImpl* member : network->members()) {
    sum += member->forward(tokens, lengths).logits;
  }
  const auto output = network->forward(tokens, lengths);
  CHECK(torch::allclose(output.logits, sum / 3));
  CHECK(output.attention.size(1) == 3);
  CHECK_FALSE(network->members()[0]
                  ->forward(tokens, lengths)
                  .logits.equal(network->members()[1]->forward(tokens, lengths).logits));
}
