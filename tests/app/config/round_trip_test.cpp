#include <random>

#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

using Unit = Duration::Unit;

// Every field differs from its default, so that one the schema forgets is seen.
DataOptions changed_data() {
  return {.train = {"a b/train.en.gz", "#train: it"},
          .dev = {"x/dev.zh", "x/dev.no"},
          .test = {"null", "yes"},
          .src_lang = "zh",
          .trg_lang = "no",
          .src_max_length = 11,
          .trg_max_length = 12};
}

TokenizerOptions changed_tokenizer() {
  return {.model_type = TokenizerModel::bpe,
          .vocab_size = 77,
          .joint = false,
          .character_coverage = 0.9995,
          .byte_fallback = true,
          .lowercase = true,
          .input_sentence_size = 0,
          .num_threads = 3,
          .random_seed = 4'294'967'295,
          .alpha = 0.1,
          .nbest_size = 64};
}

Seq2SeqOptions changed_model() {
  Seq2SeqOptions model;
  model.encoder = {.vocab_size = 76,
                   .embedding_dim = 31,
                   .rnn_type = RnnType::gru,
                   .nonlinearity = Nonlinearity::relu,
                   .hidden_size = 17,
                   .num_layers = 3,
                   .bidirectional = false,
                   .residual = true,
                   .dropout = 0.1,
                   .embedding_dropout = 0.3};
  model.decoder = {.type = DecoderType::bahdanau,
                   .vocab_size = 78,
                   .embedding_dim = 33,
                   .rnn_type = RnnType::rnn,
                   .nonlinearity = Nonlinearity::relu,
                   .hidden_size = 19,
                   .num_layers = 4,
                   .attention = AttentionType::additive,
                   .input_feeding = false,
                   .init_hidden = BridgeType::mean,
                   .residual = true,
                   .dropout = 1.0 / 3,
                   .embedding_dropout = 0.4,
                   .output_dropout = 0.5};
  model.tied_softmax = !model.tied_softmax;
  model.scale_embeddings = !model.scale_embeddings;
  model.init_rnn_orthogonal = !model.init_rnn_orthogonal;
  model.lstm_forget_gate = -1.5;
  return model;
}

TrainingOptions changed_training() {
  return {.random_seed = 18'446'744'073'709'551'615ULL,
          .optimizer = OptimizerType::sgd,
          .learning_rate = 0.3,
          .learning_rate_min = 1e-7,
          .adam_beta1 = 0.8,
          .adam_beta2 = 0.98,
          .adam_eps = 1e-9,
          .momentum = 0.9,
          .weight_decay = 0.01,
          .scheduling = Scheduling::step,
          .learning_rate_warmup = 4000,
          .cosine_min_ratio = 0.2,
          .decrease_factor = 0.7,
          .plateau_patience = 5,
          .step_size = {Unit::updates, 1234},
          .clip_grad_norm = 5,
          .clip_grad_val = 0.5,
          .label_smoothing = 0.05,
          .batch_multiplier = 2,
          .normalization = Normalization::batch,
          .ema_decay = 0.999,
          .max_duration = {Unit::seconds, 540},
          .validation_freq = {Unit::epochs, 0.5},
          .save_freq = {Unit::seconds, 90},
          .logging_freq = 7,
          .early_stopping_metric = Metric::chrf,
          .early_stopping_patience = 0,
          .keep_best_ckpts = 3,
          .max_skipped_updates = 9,
          .print_valid_sents = 0,
          .precision = Precision::bf16,
          .device = DeviceChoice::cuda,
          .num_threads = 2,
          .load_model = "C:\\run \"7\"\nmodel.rondo",
          .timeout = {Unit::seconds, 30},
          .gradient_compression = GradientCompression::bf16,
          .overwrite = true};
}

TestingOptions changed_testing() {
  return {.search = {.beam_size = 9,
                     .beam_alpha = 0.6,
                     .coverage_penalty = 0.2,
                     .min_length_ratio = 0.3,
                     .max_length_ratio = 2.5,
                     .no_repeat_ngram_size = 3,
                     .n_best = 4,
                     .generate_unk = true},
          .batch_size = 8,
          .max_input_length = 150,
          .crop_long_input = true};
}

Experiment changed_experiment() {
  return {.name = "añadir: 測試 'x'",
          .model_dir = "runs/a b",
          .data = changed_data(),
          .tokenizer = changed_tokenizer(),
          .model = changed_model(),
          .batching = {.batch_type = BatchType::sentence,
                       .batch_size = 40,
                       .random_seed = 18'446'744'073'709'551'615ULL},
          .training = changed_training(),
          .testing = changed_testing()};
}

Experiment round_trip(const Experiment& experiment) {
  return parse_experiment(to_yaml(experiment), "config.yaml");
}

}  // namespace

TEST_CASE("an experiment written and read is equal, field by field", "[config]") {
  const Experiment written = changed_experiment();
  const Experiment read = round_trip(written);
  CHECK(read.name == written.name);
  CHECK(read.data == written.data);
  CHECK(read.tokenizer == written.tokenizer);
  CHECK(read.model.encoder == written.model.encoder);
  CHECK(read.model.decoder == written.model.decoder);
  CHECK(read.model == written.model);
  CHECK(read.batching == written.batching);
  CHECK(read.training == written.training);
  CHECK(read.testing == written.testing);
  CHECK(read == written);
}

TEST_CASE("defaults survive, even before a name and files are known", "[config]") {
  CHECK(round_trip(Experiment{}) == Experiment{});
}

TEST_CASE("tied embeddings survive", "[config]") {
  Experiment experiment = minimal_with({});
  experiment.model.tied_embeddings = true;
  CHECK(round_trip(experiment) == experiment);
}

TEST_CASE("vocabulary sizes are written once they are known", "[config]") {
  Experiment experiment = minimal_with({});
  CHECK(to_yaml(experiment).find("    vocab_size:") == std::string::npos);
  experiment.model.encoder.vocab_size = 8000;
  experiment.model.decoder.vocab_size = 7999;
  CHECK(round_trip(experiment).model.encoder.vocab_size == 8000);
  CHECK(round_trip(experiment).model.decoder.vocab_size == 7999);
}

TEST_CASE("files that share a prefix are written as the prefix", "[config]") {
  const std::string yaml = to_yaml(minimal_with({"data.test_src=a.en", "data.test_trg=b.it"}));
  CHECK(yaml.find("  train: text/train\n") != std::string::npos);
  CHECK(yaml.find("  test_src: a.en\n  test_trg: b.it\n") != std::string::npos);
  CHECK(yaml.find("train_src") == std::string::npos);
}

TEST_CASE("random numbers survive bit for bit", "[config]") {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  for (int round = 0; round < 50; ++round) {
    Experiment experiment = changed_experiment();
    experiment.training.label_smoothing = share(random);
    experiment.training.adam_beta2 = share(random);
    experiment.training.learning_rate = share(random) + 1e-6;
    experiment.training.max_duration.value = share(random) * 1e5 + 1e-3;
    experiment.model.lstm_forget_gate = std::ldexp(share(random), 40 - round * 2);
    CHECK(round_trip(experiment) == experiment);
  }
}

TEST_CASE("any text survives as a name or a path", "[config]") {
  for (const char* text :
       {"",     " ",    "~",  "null", "Null", "no",   "1",    "1e3",    "-",  "- a",
        "a: b", "a #b", "'",  "\"",   "\t",   "a\nb", "[",    "{a: 1}", "*x", "&x",
        "!x",   "%x",   "@x", "...",  "---",  "\\n",  "日本", "a,b"}) {
    Experiment experiment = changed_experiment();
    experiment.name = experiment.data.train.source = experiment.training.load_model = text;
    CAPTURE(text, to_yaml(experiment));
    CHECK(round_trip(experiment) == experiment);
  }
}

}  // namespace rondo
