#include <algorithm>

#include "app/tasks/translation.h"
#include "app/tasks/translation_setup.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

// Four back-translated pairs beside the eight.
struct BackTranslatedText : SmallText {
  BackTranslatedText() {
    write_lines(folder / "bt.en", {"the dog sleeps", "a cat runs", "he sings", "the snow falls"});
    write_lines(folder / "bt.it", {"il cane dorme", "un gatto corre", "canta", "la neve cade"});
  }

  Experiment mixed(double weight) const {
    Experiment experiment = this->experiment();
    experiment.data.extra = {
        {.files = {folder / "bt.en", folder / "bt.it"}, .weight = weight, .tag = "<bt>"}};
    experiment.batching.batch_type = BatchType::sentence;
    experiment.batching.batch_size = 3;
    return experiment;
  }
};

// The first ids of an epoch's sources, sorted.
std::vector<int64_t> first_ids(const Task& task, int64_t epoch) {
  std::vector<int64_t> ids;
  const auto batches = task.epoch_batches(epoch);
  for (int64_t i = 0; i < batches->size(); ++i) {
    const auto first = batches->at(i).source[0].contiguous();
    ids.insert(ids.end(), first.data_ptr<int64_t>(), first.data_ptr<int64_t>() + first.numel());
  }
  std::ranges::sort(ids);
  return ids;
}

}  // namespace

TEST_CASE("an epoch mixes the texts by weight, the extra one behind its tag", "[tasks]") {
  const BackTranslatedText text;
  Experiment experiment = text.mixed(GENERATE(0.5, 1.0, 2.25));
  experiment.tokenizer.alpha = GENERATE(0.0, 0.3);
  const TranslationModel model = make_translation_model(experiment);
  const int64_t tag = model.source_tokenizer->id("<bt>");
  REQUIRE(tag >= kSpecialTokens);
  const TranslationTask task(model, {});
  const double weight = experiment.data.extra[0].weight;
  for (int64_t epoch = 0; epoch < 3; ++epoch) {
    const auto ids = first_ids(task, epoch);
    CHECK(std::ranges::count(ids, tag) == static_cast<int64_t>(4 * weight));
    CHECK(static_cast<int64_t>(ids.size()) == 8 + static_cast<int64_t>(4 * weight));
    CHECK(ids == first_ids(task, epoch));
  }
}

TEST_CASE("the summary tells each text's pairs and what the tokenizer knows", "[tasks]") {
  const BackTranslatedText text;
  std::vector<std::string> notes;
  const auto model = make_translation_model(text.mixed(0.5), &notes);
  const auto lines = TranslationTask(model, {}, notes).summary();
  REQUIRE(lines.size() == 5);
  CHECK(lines[1] ==
        "the tokenizer knows the training text alone, not the extra text, and has a piece for "
        "<bt>");
  CHECK_THAT(lines[2], Catch::StartsWith("training text: 8 of 8 pairs"));
  CHECK_THAT(lines[3], Catch::StartsWith("extra text ") && Catch::Contains("4 of 4 pairs") &&
                           Catch::EndsWith("weight 0.5: 2 pairs an epoch, each after <bt>"));
}

TEST_CASE("the extra text does not change the vocabulary but for its tag", "[tasks]") {
  const BackTranslatedText text;
  Experiment untagged = text.mixed(1);
  untagged.data.extra[0].tag = "";
  CHECK(make_translation_model(untagged).source_tokenizer->serialized() ==
        make_translation_model(text.experiment()).source_tokenizer->serialized());
}

}  // namespace rondo
