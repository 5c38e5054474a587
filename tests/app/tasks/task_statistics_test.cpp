#include <numeric>

#include "app/tasks/language_model.h"
#include "app/tasks/sentiment.h"
#include "app/tasks/sentiment_setup.h"
#include "app/tasks/text_statistics.h"
#include "app/tasks/translation.h"
#include "app/tasks/translation_setup.h"
#include "tests/app/tasks/small_reviews.h"
#include "tests/app/tasks/small_text.h"
#include "tests/support/catch_torch.h"

using namespace rondo;

namespace {

int64_t sum_of(const std::vector<int64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), int64_t{0});
}

// Every sentence has a length, and the lengths hold every piece.
void check_lengths(const TextStatistics& text) {
  int64_t pieces = 0;
  for (size_t length = 0; length < text.lengths.size(); ++length) {
    pieces += static_cast<int64_t>(length) * text.lengths[length];
  }
  CHECK(sum_of(text.lengths) == text.sentences);
  CHECK(pieces == text.pieces);
}

}  // namespace

TEST_CASE("lengths and unknown pieces are counted", "[tasks]") {
  TokenTable tokens;
  tokens.push_back(std::vector<int32_t>{5, 1, 6});
  tokens.push_back({});
  tokens.push_back(std::vector<int32_t>{1});
  const TextStatistics text = text_statistics("text", tokens);
  CHECK(text.sentences == 3);
  CHECK(text.pieces == 4);
  CHECK(text.unknown_pieces == 2);
  CHECK(text.lengths == std::vector<int64_t>{1, 1, 0, 1});
  CHECK(text_statistics("none", {}).lengths.empty());
}

TEST_CASE("a translation task tells lengths of both sides and what it dropped", "[tasks]") {
  const SmallText small;
  write_lines(small.folder / "train.en", {"the cat sleeps", "", "we sing",
                                          "a a a a a a a a a a a a a a a a a a a a a a a a a"});
  write_lines(small.folder / "train.it", {"il gatto dorme", "x", "cantiamo", "b b"});
  Experiment experiment = small.experiment();
  experiment.tokenizer.vocab_size = 30;
  experiment.data.src_max_length = 20;
  experiment.data.trg_max_length = 0;
  const TranslationTask task(make_translation_model(experiment), {});
  const DatasetStatistics statistics = task.statistics();
  CHECK(statistics.lines_read == 4);
  CHECK(statistics.dropped ==
        std::vector<std::string>{"1 empty", "1 over-long (more than: source 20 pieces)"});
  REQUIRE(statistics.training.size() == 2);
  CHECK(statistics.training[0].name == "source (en)");
  CHECK(statistics.training[1].name == "target (it)");
  CHECK(statistics.training[0].sentences == 2);
  REQUIRE(statistics.development.size() == 2);
  CHECK(statistics.development[0].sentences == 4);  // none is dropped
  for (const auto& text : statistics.training) check_lengths(text);
}

TEST_CASE("a sentiment task tells how many examples each label has", "[tasks]") {
  const SmallReviews reviews;
  const SentimentTask task(make_sentiment_model(reviews.experiment()), {});
  const DatasetStatistics statistics = task.statistics();
  CHECK(statistics.lines_read == 8);
  CHECK(statistics.dropped.empty());
  CHECK(statistics.labels == std::vector<std::string>{"neg", "pos"});
  CHECK(statistics.label_counts == std::vector<int64_t>{4, 4});
  check_lengths(statistics.training[0]);
  check_lengths(statistics.development[0]);
  const SentimentTask values(make_sentiment_model(reviews.experiment(TargetType::value)), {});
  CHECK(values.statistics().labels.empty());
}

TEST_CASE("a language model tells the lengths of its texts", "[tasks]") {
  const SmallReviews reviews;
  Experiment experiment = reviews.experiment();
  experiment.task = TaskType::language_model;
  const LanguageModelTask task(experiment, {}, {});
  const DatasetStatistics statistics = task.statistics();
  CHECK(statistics.lines_read == 8);
  check_lengths(statistics.training[0]);
  CHECK(statistics.development[0].sentences == 8);
}

TEST_CASE("samples of a validation show what the translation looked at", "[tasks]") {
  const SmallText small;
  Experiment experiment = small.experiment();
  experiment.training.print_valid_sents = 2;
  TranslationTask task(make_translation_model(experiment), {});
  const torch::NoGradGuard no_grad;
  task.network().eval();
  const Validation validation = task.validate();
  REQUIRE(validation.samples.size() == 2);
  for (const Sample& sample : validation.samples) {
    CHECK(sample.source_pieces.back() == "</s>");
    REQUIRE(sample.attention.size() == sample.target_pieces.size());
    for (const auto& row : sample.attention) {
      CHECK(row.size() == sample.source_pieces.size());
      CHECK(std::accumulate(row.begin(), row.end(), 0.0) == Approx(1));
    }
  }
}

TEST_CASE("samples of a decoder without attention have none", "[tasks]") {
  const SmallText small;
  Experiment experiment = small.experiment();
  experiment.model.decoder.type = DecoderType::vanilla;
  TranslationTask task(make_translation_model(experiment), {});
  const torch::NoGradGuard no_grad;
  task.network().eval();
  for (const Sample& sample : task.validate().samples) CHECK(sample.attention.empty());
}
