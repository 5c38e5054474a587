#include <algorithm>
#include <cmath>

#include "app/errors.h"
#include "app/tasks/loaded_encoder.h"
#include "app/tasks/sentiment_setup.h"
#include "app/tasks/task_setup.h"
#include "app/tasks/training_run.h"
#include "app/tasks/translation_setup.h"
#include "tests/app/tasks/small_reviews.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

constexpr Duration kOneEpoch{Duration::Unit::epochs, 1};

// A translator of the small text with weights of its own, in a file.
struct SavedTranslator {
  explicit SavedTranslator(bool joint = true, bool tied = false) {
    Experiment experiment = text.experiment();
    experiment.tokenizer.joint = joint;
    experiment.tokenizer.vocab_size = joint ? 60 : 45;
    experiment.model.tied_embeddings = tied;
    model = make_translation_model(experiment);
    const torch::NoGradGuard no_grad;
    model.network->named_parameters()["decoder.output_bias"].uniform_();  // fresh ones are zeros
    write_tensor_file(path, to_tensor_file(model));
  }

  // The same text, of which the new tokenizer makes other pieces, and other weights.
  Experiment experiment() const {
    Experiment experiment = model.experiment;
    experiment.tokenizer.vocab_size = 50;
    experiment.training.random_seed = 7;
    experiment.training.load_model = path;
    experiment.training.reset_tokenizer = true;
    return experiment;
  }

  SmallText text;
  std::filesystem::path path = text.folder / "model.rondo";
  TranslationModel model;
};

// Fails unless each new piece that the old vocabulary has brings its row along. Returns how many.
int64_t check_rows(const Tokenizer& from, const torch::Tensor& old, const Tokenizer& to,
                   const torch::Tensor& now) {
  int64_t found = 0;
  REQUIRE(now.size(0) == to.size());
  for (int32_t id = 0; id < to.size(); ++id) {
    const int32_t same = id < kSpecialTokens ? id : from.id(to.piece(id));
    if (id != kUnkId && same == kUnkId) continue;
    CAPTURE(to.piece(id));
    CHECK(now[id].equal(old[same]));
    ++found;
  }
  return found;
}

void check_same_except(const Weights& now, const Weights& old,
                       const std::vector<std::string>& changed) {
  for (const auto& [name, tensor] : now) {
    if (std::ranges::find(changed, name) != changed.end()) continue;
    CAPTURE(name);
    CHECK(tensor.equal(old.at(name)));
  }
}

}  // namespace

TEST_CASE("a new tokenizer keeps the rows of the pieces that it shares", "[tasks]") {
  const bool joint = GENERATE(true, false);
  const SavedTranslator saved(joint);
  std::vector<std::string> notes;
  const TranslationModel model = start_with_new_tokenizer(saved.experiment(), saved.path, &notes);
  const Weights now = weights_of(*model.network), old = weights_of(*saved.model.network);
  const auto check = [&](const char* name, const Tokenizer& from, const Tokenizer& to) {
    CAPTURE(name);
    return check_rows(from, old.at(name), to, now.at(name));
  };
  check("source_embedding.weight", *saved.model.source_tokenizer, *model.source_tokenizer);
  const int64_t by_name =
      check("target_embedding.weight", *saved.model.target_tokenizer, *model.target_tokenizer);
  check("decoder.output_bias", *saved.model.target_tokenizer, *model.target_tokenizer);
  check_same_except(now, old,
                    {"source_embedding.weight", "target_embedding.weight", "decoder.output_bias"});
  REQUIRE(notes.size() == (joint ? 1 : 2));
  CHECK_THAT(notes.back(), Catch::StartsWith((joint ? "embeddings: " : "target embeddings: ") +
                                             std::to_string(by_name) + " of 50 pieces by name"));
}

TEST_CASE("one embedding for all, and an output of its own, are mapped too", "[tasks]") {
  const SavedTranslator saved(/*joint=*/true, /*tied=*/true);
  const TranslationModel model = start_with_new_tokenizer(saved.experiment(), saved.path);
  const Weights now = weights_of(*model.network), old = weights_of(*saved.model.network);
  check_rows(*saved.model.source_tokenizer, old.at("embedding.weight"), *model.source_tokenizer,
             now.at("embedding.weight"));
  check_same_except(now, old, {"embedding.weight", "decoder.output_bias"});
}

TEST_CASE("one vocabulary may be parted into two, but not two joined", "[tasks]") {
  const SavedTranslator saved(/*joint=*/true, /*tied=*/true);
  Experiment experiment = saved.experiment();
  experiment.tokenizer.joint = experiment.model.tied_embeddings = false;
  experiment.tokenizer.vocab_size = 45;
  const TranslationModel model = start_with_new_tokenizer(experiment, saved.path);
  const torch::Tensor old = weights_of(*saved.model.network).at("embedding.weight");
  const Weights now = weights_of(*model.network);
  check_rows(*saved.model.source_tokenizer, old, *model.source_tokenizer,
             now.at("source_embedding.weight"));
  check_rows(*saved.model.source_tokenizer, old, *model.target_tokenizer,
             now.at("target_embedding.weight"));

  const SavedTranslator two(/*joint=*/false);
  experiment = two.experiment();
  experiment.tokenizer.joint = experiment.model.tied_embeddings = true;
  CHECK_THROWS_WITH(
      start_with_new_tokenizer(experiment, two.path),
      two.path.string() + ": has an embedding for each side; set model.tied_embeddings to false");
}

TEST_CASE("a tag of the new text becomes a piece with a fresh row", "[tasks]") {
  const SavedTranslator saved;
  Experiment experiment = saved.experiment();
  experiment.data.extra = {{.files = experiment.data.train, .tag = "<bt>"}};
  std::vector<std::string> notes;
  const auto model = start_with_new_tokenizer(experiment, saved.path, &notes);
  CHECK(model.source_tokenizer->id("<bt>") != kUnkId);
  REQUIRE(notes.size() == 2);
  CHECK(notes[0] ==
        "the tokenizer knows the training text alone, not the extra text, and has a piece for "
        "<bt>");
  CHECK_THAT(notes[1], Catch::EndsWith(" 1 fresh"));
}

TEST_CASE("a run with a new tokenizer is resumed with the tokenizer it made", "[tasks]") {
  const SavedTranslator saved;
  Experiment experiment = saved.experiment();
  experiment.training.max_duration = kOneEpoch;
  run_training({.experiment = experiment});
  const auto folder = experiment.model_dir;
  CHECK_THAT(read_bytes(folder / "train.log"), Catch::Contains("pieces by name"));
  // Of other text the tokenizer would be another.
  write_lines(saved.text.folder / "train.en", {"quite another text now", "we sing"});
  write_lines(saved.text.folder / "train.it", {"un testo diverso ormai", "cantiamo"});
  experiment.training.max_duration.value = 3;
  const auto before = load_translation_model(folder / "best.rondo");
  run_training({.experiment = experiment, .resume = true});
  const auto after = load_translation_model(folder / "latest.ckpt");
  CHECK(after.source_tokenizer->serialized() == before.source_tokenizer->serialized());
}

TEST_CASE("a classifier gets a new tokenizer for another text", "[tasks]") {
  const SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.classifier.members = GENERATE(1, 2);
  const auto path = reviews.folder / "model.rondo";
  const SentimentModel saved = make_sentiment_model(experiment);
  write_tensor_file(path, to_tensor_file(saved));
  experiment.tokenizer.vocab_size = 40;
  experiment.training.random_seed = 7;
  std::vector<std::string> notes;
  const SentimentModel model = start_sentiment_with_new_tokenizer(experiment, path, &notes);
  const Weights now = weights_of(*model.network), old = weights_of(*saved.network);
  std::vector<std::string> mapped;
  for (const auto& [name, tensor] : now) {
    if (!name.ends_with("embedding.weight")) continue;
    mapped.push_back(name);
    check_rows(*saved.tokenizer, old.at(name), *model.tokenizer, tensor);
  }
  CHECK(static_cast<int64_t>(mapped.size()) == experiment.classifier.members);
  check_same_except(now, old, mapped);
  REQUIRE(notes.size() == 1);
  CHECK_THAT(notes[0], Catch::Contains(" of 40 pieces by name"));
}

TEST_CASE("a classifier begins with the encoder of a translator and sees the same", "[tasks]") {
  const bool tied = GENERATE(true, false);
  const SavedTranslator saved(/*joint=*/true, tied);
  const SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.classifier.encoder = saved.model.experiment.model.encoder;
  experiment.classifier.members = 2;
  experiment.training.load_encoder = saved.path;
  std::vector<std::string> notes;
  SentimentModel model = make_sentiment_model(experiment, &notes);
  CHECK(notes == std::vector<std::string>{"encoder and embedding from " + saved.path.string() +
                                          ", a model for translation"});
  CHECK(model.tokenizer->serialized() == saved.model.source_tokenizer->serialized());
  const auto tokens = torch::tensor({{5, 9}, {17, 3}, {3, 0}}, torch::kInt64);
  Seq2Seq translator = saved.model.network;
  for (ClassifierImpl* member : model.network->members()) {
    CHECK(torch::allclose(member->embed(tokens), translator->encoder()->embed(tokens)));
    CHECK(weights_of(*member)
              .at("encoder.backward_0.weight_hh")
              .equal(weights_of(*translator).at("encoder.backward_0.weight_hh")));
  }
}

TEST_CASE("a translator begins with the encoder of a classifier and sees the same", "[tasks]") {
  const SmallReviews reviews;
  Experiment sentiment = reviews.experiment();
  sentiment.classifier.members = 2;
  const SentimentModel saved = make_sentiment_model(sentiment);
  const auto path = reviews.folder / "model.rondo";
  write_tensor_file(path, to_tensor_file(saved));

  const SmallText text;
  Experiment experiment = text.experiment();
  experiment.tokenizer.joint = GENERATE(true, false);
  experiment.tokenizer.vocab_size = 45;
  experiment.model.encoder = sentiment.classifier.encoder;
  experiment.training.load_encoder = path;
  TranslationModel model = make_translation_model(experiment);
  CHECK(model.source_tokenizer->serialized() == saved.tokenizer->serialized());
  CHECK((model.target_tokenizer == model.source_tokenizer) == experiment.tokenizer.joint);
  const auto tokens = torch::tensor({{5, 9}, {17, 3}, {3, 0}}, torch::kInt64);
  Classifier classifier = saved.network;
  CHECK(torch::allclose(model.network->encoder()->embed(tokens),
                        classifier->members()[0]->embed(tokens), 1e-5, 1e-6));
}

TEST_CASE("an encoder's embedding follows a new tokenizer, in its own scale", "[tasks]") {
  const SavedTranslator saved;
  const SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.classifier.encoder = saved.model.experiment.model.encoder;
  experiment.training.load_encoder = saved.path;
  experiment.training.reset_tokenizer = true;
  std::vector<std::string> notes;
  const SentimentModel model = make_sentiment_model(experiment, &notes);
  REQUIRE(notes.size() == 2);
  const auto old = weights_of(*saved.model.network).at("source_embedding.weight") * std::sqrt(24.0);
  check_rows(*saved.model.source_tokenizer, old, *model.tokenizer,
             weights_of(*model.network).at("embedding.weight"));
}

TEST_CASE("an encoder of other sizes is refused with the key to change", "[tasks]") {
  const SavedTranslator saved;
  const std::string path = saved.path.string();
  Experiment fitting = saved.text.experiment();
  fitting.training.load_encoder = path;
  CHECK_NOTHROW(make_translation_model(fitting));
  const auto refusal = [&](auto change) {
    Experiment experiment = fitting;
    change(experiment.model.encoder);
    return message_of<DataError>([&] { make_translation_model(experiment); });
  };
  CHECK(refusal([](EncoderOptions& encoder) { encoder.hidden_size = 20; }) ==
        path +
            ": does not fit: its model.encoder.hidden_size is 24, the experiment's 20; set it "
            "to 24");
  CHECK(refusal([](EncoderOptions& encoder) { encoder.rnn_type = RnnType::gru; }) ==
        path +
            ": does not fit: its model.encoder.rnn_type is lstm, the experiment's gru; set it "
            "to lstm");
  CHECK(refusal([](EncoderOptions& encoder) { encoder.residual = true; }) ==
        path +
            ": does not fit: its model.encoder.residual is false, the experiment's true; set "
            "it to false");
}

TEST_CASE("a model of other sizes is refused with the key to change", "[tasks]") {
  const SavedTranslator saved;
  const bool reset = GENERATE(true, false);
  const auto refusal = [&](auto change) {
    Experiment experiment = saved.experiment();
    change(experiment.model);
    return message_of<DataError>([&] {
      if (reset) {
        start_with_new_tokenizer(experiment, saved.path);
      } else {
        start_from_model(experiment, saved.path);
      }
    });
  };
  const std::string fault = saved.path.string() + ": does not fit: its model.";
  CHECK(refusal([](Seq2SeqOptions& model) { model.decoder.hidden_size = 40; }) ==
        fault + "decoder.hidden_size is 48, the experiment's 40; set it to 48");
  CHECK(refusal([](Seq2SeqOptions& model) { model.decoder.type = DecoderType::luong; }) ==
        fault + "decoder.type is gnmt, the experiment's luong; set it to gnmt");
  CHECK(refusal([](Seq2SeqOptions& model) { model.scale_embeddings = false; }) ==
        fault + "scale_embeddings is true, the experiment's false; set it to true");
  CHECK(refusal([](Seq2SeqOptions& model) { model.decoder.dropout = 0.5; }).empty());
}

TEST_CASE("a model of no text has no encoder to give", "[tasks]") {
  const SavedTranslator saved;
  Experiment memory = default_experiment(TaskType::memory);
  memory.name = "memory";
  TensorFile file = read_tensor_file(saved.path);
  file.metadata["task"] = "memory";
  file.metadata["config"] = to_yaml(memory);
  write_tensor_file(saved.path, file);
  CHECK(message_of<DataError>([&] { load_encoder(saved.path, {}); }) ==
        saved.path.string() +
            ": is a model for memory; training.load_encoder wants a translator, a classifier or a "
            "language model");
}

}  // namespace rondo
