#include <algorithm>

#include "app/errors.h"
#include "app/tasks/sentiment_setup.h"
#include "app/tasks/task_setup.h"
#include "app/tasks/training_run.h"
#include "app/tasks/translation_setup.h"
#include "tests/app/tasks/saved_translator.h"
#include "tests/app/tasks/small_reviews.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

constexpr Duration kOneEpoch{Duration::Unit::epochs, 1};

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

}  // namespace rondo
