#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {

using Unit = Duration::Unit;

TEST_CASE("an override replaces any value, and the last one wins", "[config]") {
  const Experiment experiment =
      minimal_with({"training.learning_rate=0.001", "training.learning_rate=0.5",
                    "training.adam_betas=[0.8, 0.98]", "model.encoder.num_layers=3",
                    "training.duration=9min", "name=other"});
  CHECK(experiment.training.learning_rate == 0.5);
  CHECK(experiment.training.adam_beta1 == 0.8);
  CHECK(experiment.training.adam_beta2 == 0.98);
  CHECK(experiment.model.encoder.num_layers == 3);
  CHECK(experiment.training.max_duration == Duration{Unit::seconds, 540});
  CHECK(experiment.model_dir == "runs/other");
}

TEST_CASE("a section can be overridden in part", "[config]") {
  const Experiment experiment =
      minimal_with({"model.encoder={hidden_size: 7, dropout: 0}", "model.encoder.hidden_size=8"});
  CHECK(experiment.model.encoder.hidden_size == 8);
  CHECK(experiment.model.encoder.dropout == 0);
  CHECK(experiment.model.encoder.embedding_dim == 256);
}

TEST_CASE("text is taken as it stands", "[config]") {
  CHECK(minimal_with({"model_dir=/a b/c: d #e=f"}).model_dir == "/a b/c: d #e=f");
  CHECK(minimal_with({"model_dir=\"quoted\""}).model_dir == "quoted");
  CHECK(minimal_with({"training.load_model="}).training.load_model.empty());
}

TEST_CASE("a language overridden changes the files a prefix names", "[config]") {
  const Experiment experiment = minimal_with({"data.trg.lang=fr", "data.train=a/b"});
  CHECK(experiment.data.train == ParallelFiles{"a/b.en", "a/b.fr"});
  CHECK(experiment.data.dev == ParallelFiles{"text/dev.en", "text/dev.fr"});
}

TEST_CASE("an override wins over what says the same in another way", "[config]") {
  const std::string yaml = kMinimalConfig + "  test_src: a\n  test_trg: b\ntraining: {epochs: 3}\n";
  const std::vector<std::string> settings{"training.duration=2ku", "data.test=c"};
  const Experiment experiment = parse_experiment(yaml, "x.yaml", settings);
  CHECK(experiment.training.max_duration == Duration{Unit::updates, 2000});
  CHECK(experiment.data.test == ParallelFiles{"c.en", "c.it"});
}

TEST_CASE("an empty prefix takes a text away", "[config]") {
  const std::vector<std::string> settings{"data.test="};
  const auto experiment = parse_experiment(kMinimalConfig + "  test: t\n", "x.yaml", settings);
  CHECK(experiment.data.test == ParallelFiles{});
}

TEST_CASE("an override can give what the file lacks", "[config]") {
  const std::vector<std::string> settings{"data.src.lang=en", "data.trg.lang=de", "data.train=t",
                                          "data.dev=d"};
  CHECK(parse_experiment("name: x\n", "x.yaml", settings).data.train.target == "t.de");
}

TEST_CASE("an error in an override names the override", "[config]") {
  CHECK(override_error("training.batch_sise=3") ==
        "--set training.batch_sise: unknown key; did you mean batch_size?");
  CHECK(override_error("trainng.batch_size=3") ==
        "--set trainng: unknown key; did you mean training?");
  CHECK(override_error("training.batch_size=abc") ==
        "--set training.batch_size: expected a whole number, found \"abc\"");
  CHECK(override_error("training.batch_size=") ==
        "--set training.batch_size: expected a whole number, found \"\"");
  CHECK(override_error("training.batch_size=0") ==
        "--set training.batch_size: 0 is out of range; it must be at least 1");
  CHECK(override_error("training=5") == "--set training: expected a section of keys, found \"5\"");
  CHECK(override_error("training={batch_size: 1, batch_size: 2}") ==
        "--set training.batch_size: given twice");
  CHECK(override_error("training.adam_betas=[1")
            .starts_with("--set training.adam_betas: not valid YAML: "));
  CHECK(override_error("name.first=x") == "--set name: expected text, found a section");
}

TEST_CASE("an override without a key or a value says its form", "[config]") {
  CHECK(override_error("overwrite") == "--set overwrite: expected key=value");
  CHECK(override_error("") == "--set : expected key=value");
  CHECK(override_error("=3") == "--set =3: expected key=value");
  CHECK(override_error("training.=3") == "--set training.: unknown key");
  CHECK(override_error(".training=3") == "--set : unknown key");
}

}  // namespace rondo
