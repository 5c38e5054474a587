#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

std::string error_with(const std::string& lines) { return error_of(kMinimalConfig + lines); }

}  // namespace

TEST_CASE("tied embeddings need a joint vocabulary of one width", "[config]") {
  CHECK(error_with("tokenizer: {joint: false}\nmodel: {tied_embeddings: true}\n") ==
        "x.yaml:8: model.tied_embeddings: needs one vocabulary for both languages: set "
        "tokenizer.joint to true");
  CHECK(error_with("model:\n  tied_embeddings: true\n  encoder: {embedding_dim: 300}\n") ==
        "x.yaml:8: model.tied_embeddings: needs model.encoder.embedding_dim (300) and "
        "model.decoder.embedding_dim (256) to be equal");
  CHECK(error_with("model: {tied_embeddings: true}\n") == "no error");
}

TEST_CASE("dot attention needs states of one width", "[config]") {
  CHECK(error_with("model:\n  decoder: {attention: dot, hidden_size: 300}\n") ==
        "x.yaml:8: model.decoder.attention: dot needs model.decoder.hidden_size (300) to equal the "
        "width of the encoder's states (512); or use general or additive");
  CHECK(override_error("model.decoder={attention: scaled_dot, hidden_size: 256}") ==
        "--set model.decoder.attention: scaled_dot needs model.decoder.hidden_size (256) to equal "
        "the width of the encoder's states (512); or use general or additive");
  CHECK(error_with("model:\n  encoder: {bidirectional: false}\n"
                   "  decoder: {attention: dot, hidden_size: 256}\n") == "no error");
  CHECK(error_with("model:\n  decoder: {type: vanilla, attention: dot, hidden_size: 300}\n") ==
        "no error");
}

TEST_CASE("the search cannot give more translations than it keeps", "[config]") {
  CHECK(error_with("testing: {n_best: 9}\n") ==
        "x.yaml:7: testing.n_best: 9 is more than testing.beam_size (5)");
  CHECK(error_with("testing: {min_length_ratio: 4}\n") ==
        "x.yaml:7: testing.min_length_ratio: 4 is more than testing.max_length_ratio (3)");
}

TEST_CASE("a sampled softmax and R-Drop exclude each other", "[config]") {
  CHECK(error_with("training: {sampled_softmax: 100, r_drop_alpha: 1}\n") ==
        "x.yaml:7: training.sampled_softmax: training.r_drop_alpha compares probabilities of the "
        "whole vocabulary; one of the two must be 0");
  CHECK(error_with("training: {sampled_softmax: 100}\n") == "no error");
}

TEST_CASE("a contradiction with a default is laid to the file", "[config]") {
  CHECK(error_with("testing: {beam_size: 5, max_length_ratio: 0.5, min_length_ratio: 0.6}\n") ==
        "x.yaml:7: testing.min_length_ratio: 0.6 is more than testing.max_length_ratio (0.5)");
  CHECK(error_with("training: {learning_rate: 1e-9, learning_rate_min: 1e-8}\n") ==
        "x.yaml:7: training.learning_rate_min: 1e-08 is more than training.learning_rate (1e-09)");
}

TEST_CASE("only tokenizers that can sample are asked to", "[config]") {
  CHECK(error_with("tokenizer: {model_type: word, alpha: 0.1}\n") ==
        "x.yaml:7: tokenizer.alpha: only unigram and bpe can draw segmentations; must be 0 here");
  CHECK(error_with("tokenizer: {model_type: bpe, alpha: 1.5}\n") ==
        "x.yaml:7: tokenizer.alpha: with bpe it is a probability; it must be in [0, 1]");
  CHECK(error_with("tokenizer: {model_type: unigram, alpha: 1.5}\n") == "no error");
}

TEST_CASE("a run needs a folder, by its own name or by the experiment's", "[config]") {
  CHECK(minimal_with({}).model_dir == "runs/demo");
  CHECK(minimal_with({"model_dir=/tmp/x"}).model_dir == "/tmp/x");
  CHECK(override_error("name=") == "--set name: must not be empty, or model_dir must be given");
}

TEST_CASE("one seed serves the weights and the order of the batches", "[config]") {
  const Experiment experiment = minimal_with({"training.random_seed=7"});
  CHECK(experiment.training.random_seed == 7);
  CHECK(experiment.batching.random_seed == 7);
  CHECK(experiment.tokenizer.random_seed == 42);
}

}  // namespace rondo
