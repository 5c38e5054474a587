// An exported classifier beside the SentimentScorer.
#include "app/decoding/sentiment_scorer.h"
#include "app/export/check.h"
#include "app/export/export_model.h"
#include "tests/app/export/script_calls.h"
#include "tests/app/export/small_programs.h"

using namespace rondo;

namespace {

torch::jit::Module exported(const SentimentModel& model) {
  return reloaded(script_sentiment(model, ScriptPrecision::fp32));
}

void require_same_labels(TargetType targets, size_t labels, const ScoringOptions& scoring) {
  const auto model = random_classifier(targets, labels, scoring);
  auto program = exported(*model);
  const auto expected = SentimentScorer(model, {}).score(kOddLines);
  const auto probabilities = call(program, "probabilities", {string_list(kOddLines)}).toTensor();
  const auto logits = call(program, "logits", {string_list(kOddLines)}).toTensor();
  for (size_t line = 0; line < kOddLines.size(); ++line) {
    INFO("line " << line);
    const auto row = static_cast<int64_t>(line);
    const auto wanted = torch::tensor(expected[line].probabilities);
    REQUIRE((probabilities[row] - wanted).abs().max().item<float>() < 1e-5);
    REQUIRE((logits[row] - torch::tensor(expected[line].logits)).abs().max().item<float>() < 1e-4);
  }
  const auto answers = sentiment_answers(model, Precision::fp32)(kOddLines);
  const auto found = answers_of(call(program, "classify", {string_list(kOddLines)}));
  REQUIRE(found.size() == answers.size());
  for (size_t line = 0; line < found.size(); ++line) {
    // A value's sixth decimal may round the other way.
    if (targets != TargetType::value) REQUIRE(found[line].text == answers[line].text);
    REQUIRE(found[line].score == Approx(answers[line].score).margin(1e-5));
  }
}

}  // namespace

TEST_CASE("an exported classifier answers as the SentimentScorer, whatever a label is",
          "[export]") {
  const auto targets = GENERATE(TargetType::classes, TargetType::multi_label, TargetType::ordinal,
                                TargetType::value);
  require_same_labels(targets, 3, {});
  require_same_labels(targets, 3, {.temperature = 2.0, .threshold = 0.4});
}

TEST_CASE("an exported classifier of two labels keeps to the threshold", "[export]") {
  for (const double threshold : {0.1, 0.5, 0.9}) {
    require_same_labels(TargetType::classes, 2, {.threshold = threshold});
  }
}

TEST_CASE("an exported classifier reads long lines in windows, in any batch", "[export]") {
  require_same_labels(TargetType::classes, 3, {.max_length = 4, .window_overlap = 1});
  require_same_labels(TargetType::classes, 3, {.max_length = 3, .window_overlap = 9});
  require_same_labels(TargetType::classes, 3,
                      {.batch_size = 12, .max_length = 5, .window_overlap = 0});
}

TEST_CASE("multi_label answers are joined as rondo classify joins them", "[export]") {
  const auto model = random_classifier(TargetType::multi_label);
  model->experiment.scoring.threshold = 0.0;
  auto program = exported(*model);
  REQUIRE(answers_of(call(program, "classify", {string_list({"we sing"})}))[0].text ==
          "bad,so, so,good");
  program.setattr("threshold", 1.5);
  const auto none = answers_of(call(program, "classify", {string_list({"we sing"})}))[0];
  REQUIRE(none.text.empty());
  REQUIRE(none.score == 0);
}

TEST_CASE("an exported value is text with six decimals and the number itself", "[export]") {
  auto program = exported(*random_classifier(TargetType::value));
  const auto answer = answers_of(call(program, "classify", {string_list({"we sing"})}))[0];
  REQUIRE(std::stod(answer.text) == Approx(answer.score).margin(1e-6));
  REQUIRE(answer.text.size() - answer.text.find('.') == 7);
  REQUIRE(strings_of(call(program, "labels", {})).empty());
}

TEST_CASE("an exported classifier takes no lines and tells its labels", "[export]") {
  auto program = exported(*random_classifier(TargetType::ordinal));
  REQUIRE(answers_of(call(program, "classify", {string_list({})})).empty());
  REQUIRE(call(program, "probabilities", {string_list({})}).toTensor().sizes() ==
          torch::IntArrayRef({0, 3}));
  REQUIRE(strings_of(call(program, "labels", {})) ==
          std::vector<std::string>{"bad", "so, so", "good"});
}
