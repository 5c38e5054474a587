#include <filesystem>
#include <fstream>

#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

std::string error_with(const std::string& lines) { return error_of(kMinimalConfig + lines); }

std::string load_error(const std::filesystem::path& path) {
  try {
    load_experiment(path);
    return "no error";
  } catch (const ConfigError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("an unknown key is named with its line and what was meant", "[config]") {
  CHECK(error_with("training:\n  batch_sise: 3\n") ==
        "x.yaml:8: training.batch_sise: unknown key; did you mean batch_size?");
  CHECK(error_with("trainig: {}\n") == "x.yaml:7: trainig: unknown key; did you mean training?");
  CHECK(error_with("model:\n  decoder: {tpye: gnmt}\n") ==
        "x.yaml:8: model.decoder.tpye: unknown key; did you mean type?");
  CHECK(error_with("training:\n  zzz: 3\n") == "x.yaml:8: training.zzz: unknown key");
}

TEST_CASE("a key in the wrong section is sent to the right one", "[config]") {
  CHECK(error_with("training: {beam_size: 3}\n") ==
        "x.yaml:7: training.beam_size: unknown key; did you mean testing.beam_size?");
  CHECK(error_with("model: {hidden_size: 3}\n") ==
        "x.yaml:7: model.hidden_size: unknown key; did you mean model.encoder.hidden_size or "
        "model.decoder.hidden_size?");
  CHECK(error_with("tokenizer: {max_lenght: 3}\n") ==
        "x.yaml:7: tokenizer.max_lenght: unknown key; did you mean data.src.max_length or "
        "data.trg.max_length?");
}

TEST_CASE("names of other toolkits are translated", "[config]") {
  CHECK(error_with("training: {patience: 3}\n") ==
        "x.yaml:7: training.patience: unknown key; Rondo says this with early_stopping_patience "
        "(to stop) or plateau_patience (to lower the rate)");
  CHECK(error_with("use_cuda: true\n") ==
        "x.yaml:7: use_cuda: unknown key; Rondo says this with training.device: auto, cpu or cuda");
}

TEST_CASE("a value of the wrong type is shown beside what was expected", "[config]") {
  CHECK(error_with("training: {batch_size: abc}\n") ==
        "x.yaml:7: training.batch_size: expected a whole number, found \"abc\"");
  CHECK(error_with("training: {batch_size: 1.5}\n") ==
        "x.yaml:7: training.batch_size: expected a whole number, found \"1.5\"");
  CHECK(error_with("training: {batch_size: }\n") ==
        "x.yaml:7: training.batch_size: expected a whole number, found nothing");
  CHECK(error_with("training: {learning_rate: fast}\n") ==
        "x.yaml:7: training.learning_rate: expected a number, found \"fast\"");
  CHECK(error_with("training: {learning_rate: .nan}\n") ==
        "x.yaml:7: training.learning_rate: expected a number, found \".nan\"");
  CHECK(error_with("training: {learning_rate: inf}\n") ==
        "x.yaml:7: training.learning_rate: expected a number, found \"inf\"");
  CHECK(error_with("training: {overwrite: maybe}\n") ==
        "x.yaml:7: training.overwrite: expected true or false, found \"maybe\"");
  CHECK(error_with("model_dir: [a, b]\n") ==
        "x.yaml:7: model_dir: expected text, found a list of 2");
  CHECK(error_with("model_dir: {a: b}\n") == "x.yaml:7: model_dir: expected text, found a section");
  CHECK(error_with("training: 5\n") ==
        "x.yaml:7: training: expected a section of keys, found \"5\"");
  CHECK(error_with("training: [batch_size]\n") ==
        "x.yaml:7: training: expected a section of keys, found a list of 1");
  CHECK(error_with("training:\n  duration: 20\n") ==
        "x.yaml:8: training.duration: expected a duration such as 5e (epochs), 10ku (updates) or "
        "30min, found \"20\"");
}

TEST_CASE("a list must have the numbers that are expected", "[config]") {
  CHECK(error_with("training: {adam_betas: 0.9}\n") ==
        "x.yaml:7: training.adam_betas: expected a list of 2 numbers, found \"0.9\"");
  CHECK(error_with("training: {adam_betas: [0.9]}\n") ==
        "x.yaml:7: training.adam_betas: expected a list of 2 numbers, found a list of 1");
  CHECK(error_with("training: {adam_betas: [0.9, x]}\n") ==
        "x.yaml:7: training.adam_betas: expected a number, found \"x\"");
  CHECK(error_with("training: {adam_betas: [0.9, 1]}\n") ==
        "x.yaml:7: training.adam_betas: 1 is out of range; it must be in [0, 1)");
}

TEST_CASE("a name outside the choice lists the choice", "[config]") {
  CHECK(error_with("model: {decoder: {type: gnmtt}}\n") ==
        "x.yaml:7: model.decoder.type: expected one of gnmt, luong, bahdanau, vanilla, found "
        "\"gnmtt\"; did you mean gnmt?");
  CHECK(error_with("task: sentimnt\n") ==
        "x.yaml:7: task: expected one of translation, sentiment, language_model, memory, found "
        "\"sentimnt\"; did you mean sentiment?");
}

TEST_CASE("a value out of range comes with the range", "[config]") {
  CHECK(error_with("training: {batch_size: 0}\n") ==
        "x.yaml:7: training.batch_size: 0 is out of range; it must be at least 1");
  CHECK(error_with("training: {label_smoothing: 1}\n") ==
        "x.yaml:7: training.label_smoothing: 1 is out of range; it must be in [0, 1)");
  CHECK(error_with("training: {learning_rate: 0}\n") ==
        "x.yaml:7: training.learning_rate: 0 is out of range; it must be above 0");
  CHECK(error_with("training: {random_seed: -1}\n") ==
        "x.yaml:7: training.random_seed: -1 is out of range; it must be at least 0");
  CHECK(
      error_with("tokenizer: {random_seed: 4294967296}\n") ==
      "x.yaml:7: tokenizer.random_seed: 4294967296 is out of range; it must be in [0, 4294967295]");
}

TEST_CASE("a key given twice is an error, with both lines", "[config]") {
  CHECK(error_with("training:\n  batch_size: 3\n  device: cpu\n  batch_size: 4\n") ==
        "x.yaml:10: training.batch_size: given twice; first on line 8");
  CHECK(error_with("name: again\n") == "x.yaml:7: name: given twice; first on line 1");
  CHECK(error_with("data: {}\n") == "x.yaml:7: data: given twice; first on line 2");
}

TEST_CASE("a required key that is missing is named", "[config]") {
  CHECK(error_of("task: translation\n") ==
        "x.yaml: name: required; what this experiment is called");
  CHECK(error_of("name: x\n") ==
        "x.yaml: data.src.lang: required; its ending in the names of the data files");
  const std::string languages = "name: x\ndata:\n  src: {lang: en}\n  trg: {lang: it}\n";
  CHECK(error_of(languages) ==
        "x.yaml: data.train: required; a path without its language, as text/train for "
        "text/train.en");
  CHECK(error_of(languages + "  train_src: a\n") ==
        "x.yaml: data.train_trg: required beside data.train_src");
  CHECK(error_of(languages + "  train: a\n  dev_trg: b\n") ==
        "x.yaml: data.dev_src: required beside data.dev_trg");
  CHECK(error_with("  test_src: a\n") == "x.yaml: data.test_trg: required beside data.test_src");
}

TEST_CASE("the same thing said in two ways is an error", "[config]") {
  CHECK(error_with("training:\n  epochs: 3\n  duration: 5e\n") ==
        "x.yaml:9: training.duration: training.epochs says the same; give only one of them");
  CHECK(error_with("  train_src: a\n") ==
        "x.yaml:5: data.train: data.train_src says the same; give only one of them");
}

TEST_CASE("an empty or foreign file is refused", "[config]") {
  CHECK(error_of("") == "x.yaml: empty; an experiment has at least name and data");
  CHECK(error_of("# only\n# comments\n") ==
        "x.yaml: empty; an experiment has at least name and data");
  CHECK(error_of("just text\n") == "x.yaml:1: expected a section of keys, found \"just text\"");
  CHECK(error_of("- a\n- b\n") == "x.yaml:1: expected a section of keys, found a list of 2");
  CHECK(error_of("name: a\n---\nname: b\n") == "x.yaml: holds more than one YAML document");
}

TEST_CASE("text that is not YAML is an error with its line", "[config]") {
  CHECK(error_of("name: x\n\tdata: y\n") ==
        "x.yaml:2: not valid YAML: illegal tab when looking for indentation");
  CHECK(error_of("name: x\na: [1\n").starts_with("x.yaml:"));
  CHECK(error_of(std::string(20'000, '[')).starts_with("x.yaml:1: not valid YAML: "));
}

TEST_CASE("a key that is no name is refused", "[config]") {
  CHECK(error_with("? [a]\n: b\n") == "x.yaml:7: expected the name of a key, found a list of 1");
}

TEST_CASE("a message stays one short line, whatever the file holds", "[config]") {
  CHECK(error_with("training: {batch_size: \"a\\nb\"}\n") ==
        "x.yaml:7: training.batch_size: expected a whole number, found \"a b\"");
  CHECK(error_with("\"" + std::string(5000, 'k') + "\": 1\n").size() < 120);
  CHECK(error_with("model_dir: {" + std::string(5000, 'k') + ": 1}\n").size() < 120);
  CHECK(error_with("training: {batch_size: " + std::string(5000, '9') + "}\n").size() < 160);
}

TEST_CASE("a file that cannot be read says why", "[config]") {
  CHECK(load_error("no/such.yaml") == "no/such.yaml: cannot be read: No such file or directory");
  const auto folder = std::filesystem::temp_directory_path();
  CHECK(load_error(folder) ==
        folder.string() + ": a folder; name the experiment's YAML file in it");
}

}  // namespace rondo
