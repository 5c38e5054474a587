#include "app/tasks/diagnosis.h"

#include <cmath>

#include "app/errors.h"
#include "app/tasks/task_factory.h"
#include "app/tasks/training_run.h"
#include "app/training/trainer.h"
#include "tests/app/tasks/small_reviews.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

std::vector<std::string> names(const Diagnosis& diagnosis) {
  std::vector<std::string> names;
  for (const LayerHealth& layer : diagnosis.health.layers) names.push_back(layer.name);
  return names;
}

std::filesystem::path written(const Experiment& experiment, const TemporaryFolder& folder) {
  const auto path = folder / "experiment.yaml";
  write_lines(path, {to_yaml(experiment)});
  return path;
}

Experiment one_epoch(Experiment experiment) {
  experiment.training.max_duration = {Duration::Unit::epochs, 1};
  return experiment;
}

// The weights after eight epochs with dropout.
std::vector<torch::Tensor> trained(const SmallText& text, const Duration& diagnose_freq) {
  Experiment experiment = text.experiment();
  experiment.model.encoder.dropout = experiment.model.decoder.dropout = 0.3;
  experiment.training.max_duration = {Duration::Unit::epochs, 8};
  experiment.training.validation_freq = {Duration::Unit::epochs, 100};
  experiment.training.diagnose_freq = diagnose_freq;
  const Hardware hardware = prepare_hardware(experiment.training);
  const auto task = make_task(experiment, "", hardware);
  const TemporaryFolder folder;
  TrainingLog log;
  Trainer(*task, experiment.training, hardware, {.folder = {folder.path()}, .log = &log}).run();
  return tensors_of(distinct_parameters(task->network()));
}

}  // namespace

TEST_CASE("training is the same bit for bit whether it is diagnosed or not", "[tasks]") {
  const SmallText text;
  const auto plain = trained(text, {});
  const auto diagnosed = trained(text, {Duration::Unit::updates, 1});
  REQUIRE(plain.size() == diagnosed.size());
  for (size_t i = 0; i < plain.size(); ++i) CHECK(torch::equal(plain[i], diagnosed[i]));
}

TEST_CASE("an experiment is diagnosed at its initialisation", "[tasks]") {
  const SmallText text;
  const auto path = written(text.experiment(), text.folder);
  const Diagnosis diagnosis = diagnose({.subject = path.string()});
  CHECK(names(diagnosis) == std::vector<std::string>{"encoder.forward_0", "encoder.backward_0",
                                                     "decoder.layer_0", "decoder.layer_1"});
  CHECK(diagnosis.subject == path.string() + ", fresh weights");
  CHECK(diagnosis.text == "its training text");
  CHECK(diagnosis.health.sentences == 8);
  CHECK(diagnosis.health.gradient_norm > 0);
  CHECK(std::isnan(diagnosis.health.layers[0].update_ratio));
  CHECK(diagnosis.health.dead_embeddings_of == "not in the text");
  CHECK(diagnosis.health.dead_embeddings >= 0);
  CHECK(diagnosis.health.dead_embeddings < 0.5);
  // Fresh orthogonal matrices have the radius 1.
  for (const LayerHealth& layer : diagnosis.health.layers) {
    CHECK(layer.spectral_radius == Approx(1).epsilon(0.01));
  }
}

TEST_CASE("every decoder and cell can be diagnosed", "[tasks]") {
  const SmallText text;
  Experiment experiment = text.experiment();
  const auto type = GENERATE(DecoderType::luong, DecoderType::bahdanau, DecoderType::vanilla);
  experiment.model.decoder.type = type;
  experiment.model.encoder.rnn_type = experiment.model.decoder.rnn_type =
      GENERATE(RnnType::rnn, RnnType::gru);
  const Diagnosis diagnosis = diagnose({.subject = written(experiment, text.folder).string()});
  REQUIRE(diagnosis.health.layers.size() == 4);
  for (const LayerHealth& layer : diagnosis.health.layers) {
    INFO(layer.name);
    CHECK(layer.total.norms.size() > 4);
    CHECK(layer.carried.norms.size() == layer.total.norms.size());
    CHECK(layer.total.norms[0] > 0);
    CHECK(layer.carried.norms[0] == Approx(layer.total.norms[0]));
  }
}

TEST_CASE("the members of an ensemble are diagnosed each", "[tasks]") {
  const SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.classifier.members = 2;
  experiment.training.r_drop_alpha = 1;
  const Diagnosis diagnosis = diagnose({.subject = written(experiment, reviews.folder).string()});
  CHECK(names(diagnosis) ==
        std::vector<std::string>{"member_0.encoder.forward_0", "member_0.encoder.backward_0",
                                 "member_1.encoder.forward_0", "member_1.encoder.backward_0"});
}

TEST_CASE("a language model is diagnosed", "[tasks]") {
  const SmallReviews reviews;
  Experiment experiment = default_experiment(TaskType::language_model);
  experiment.name = "lm";
  write_lines(reviews.folder / "text.txt", {"a fine film", "the food was good", "i left early",
                                            "a dull film", "the food was cold", "so so"});
  experiment.labelled.train = experiment.labelled.dev = reviews.folder / "text.txt";
  experiment.tokenizer = reviews.experiment().tokenizer;
  experiment.tokenizer.vocab_size = 30;
  experiment.classifier = reviews.experiment().classifier;
  experiment.training = reviews.experiment().training;
  experiment.training.early_stopping_metric = Metric::loss;
  const Diagnosis diagnosis = diagnose({.subject = written(experiment, reviews.folder).string()});
  CHECK(diagnosis.health.layers.size() == 2);
  CHECK(diagnosis.health.gradient_norm > 0);
}

TEST_CASE("a run folder is diagnosed by its checkpoint, which knows more", "[tasks]") {
  const SmallText text;
  run_training({.experiment = one_epoch(text.experiment())});
  const auto run = text.folder / "run";
  const std::string before = read_bytes(run / "latest.ckpt");
  const Diagnosis of_folder = diagnose({.subject = run.string()});
  CHECK(of_folder.subject == (run / "latest.ckpt").string() + ", update 1");
  CHECK(of_folder.health.update == 1);
  CHECK(of_folder.health.layers[0].update_ratio > 0);
  CHECK(of_folder.health.dead_embeddings_of == "never updated");
  CHECK(read_bytes(run / "latest.ckpt") == before);

  const Diagnosis of_model = diagnose({.subject = (run / "best.rondo").string()});
  CHECK(of_model.subject == (run / "best.rondo").string());
  CHECK(std::isnan(of_model.health.layers[0].update_ratio));
  CHECK(of_model.health.layers[0].total.norms == of_folder.health.layers[0].total.norms);
}

TEST_CASE("a model is diagnosed on the text it is given", "[tasks]") {
  const SmallText text;
  run_training({.experiment = one_epoch(text.experiment())});
  const std::string model = (text.folder / "run" / "best.rondo").string();
  write_lines(text.folder / "a", {"the cat", "a dog runs"});
  write_lines(text.folder / "b", {"il gatto", "un cane"});
  const std::string a = text.folder / "a", b = text.folder / "b";
  // The text it was trained on is not needed then.
  std::filesystem::remove(text.folder / "train.en");
  const Diagnosis diagnosis = diagnose({.subject = model, .text = {a, b}});
  CHECK(diagnosis.health.sentences == 2);
  CHECK(diagnosis.text == a);
  CHECK_THROWS_AS(diagnose({.subject = model, .text = {a}}), ConfigError);
  CHECK_THROWS_WITH(diagnose({.subject = model}), Catch::Contains("--text"));
}

TEST_CASE("a classifier keeps its labels when it is given another text", "[tasks]") {
  const SmallReviews reviews;
  run_training({.experiment = one_epoch(reviews.experiment())});
  const std::string text = reviews.folder / "two.tsv";
  write_lines(text, {"text\tlabel", "a fine film\tpos", "it was good\tpos"});
  const std::string model = (reviews.folder / "run" / "best.rondo").string();
  CHECK(diagnose({.subject = model, .text = {text}}).health.sentences == 2);
}

TEST_CASE("an experiment is looked at on its own text alone", "[tasks]") {
  const SmallText text;
  const std::string path = written(text.experiment(), text.folder).string();
  CHECK_THROWS_AS(diagnose({.subject = path, .text = {"a", "b"}}), ConfigError);
}

TEST_CASE("settings of a diagnosis override the configuration", "[tasks]") {
  const SmallText text;
  const std::string path = written(text.experiment(), text.folder).string();
  const Diagnosis diagnosis =
      diagnose({.subject = path, .overrides = {"model.decoder.num_layers=1"}});
  CHECK(diagnosis.health.layers.size() == 3);
  CHECK_THROWS_AS(diagnose({.subject = path, .overrides = {"model.decoder.layers=1"}}),
                  ConfigError);
}

TEST_CASE("what is no run and no model is refused with a way out", "[tasks]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(diagnose({.subject = folder.path().string()}), Catch::Contains("give a run"));
  CHECK_THROWS_AS(diagnose({.subject = (folder / "none.rondo").string()}), DataError);
  CHECK_THROWS_AS(diagnose({.subject = (folder / "none.yaml").string()}), ConfigError);
}

}  // namespace rondo
