#include "app/decoding/mistakes.h"

#include "app/decoding/predictions.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

LabelledText three_reviews() {
  LabelledText text;
  text.labels = LabelSet({"neg", "pos"});
  text.lines = {"good", "bad", "so\nso"};
  text.targets = {{.labels = {1}}, {.labels = {0}}, {.labels = {0}}};
  text.line_numbers = {2, 3, 4};
  return text;
}

const std::vector<Scored> kAnswers = {{.probabilities = {0.25f, 0.75f}, .decided = {1}},
                                      {.probabilities = {0.375f, 0.625f}, .decided = {1}},
                                      {.probabilities = {0.125f, 0.875f}, .decided = {1}}};

}  // namespace

TEST_CASE("the mistakes that were surest come first", "[decoding]") {
  const auto text = three_reviews();
  const auto mistakes = worst_mistakes(text, kAnswers, TargetType::classes, 10);
  REQUIRE(to_text(mistakes, "r.tsv") ==
          "r.tsv:4: pos (0.8750), is neg: so so\n"
          "r.tsv:3: pos (0.6250), is neg: bad\n");
  REQUIRE(worst_mistakes(text, kAnswers, TargetType::classes, 1).size() == 1);
}

TEST_CASE("of several labels the one that is most wrong says how bad it is", "[decoding]") {
  auto text = three_reviews();
  text.targets = {{.labels = {1}}, {.labels = {}}, {.labels = {0, 1}}};
  const auto mistakes = worst_mistakes(text, kAnswers, TargetType::multi_label, 10);
  REQUIRE(to_text(mistakes, "r.tsv") ==
          "r.tsv:4: pos (0.8750), is neg, pos: so so\n"
          "r.tsv:3: pos (0.6250), is none: bad\n");
}

TEST_CASE("values are wrong by their distance", "[decoding]") {
  auto text = three_reviews();
  text.targets = {{.value = 1.0}, {.value = 3.0}, {.value = -0.5}};
  const std::vector<Scored> answers = {
      {.probabilities = {1.5f}}, {.probabilities = {0.0f}}, {.probabilities = {-0.5f}}};
  REQUIRE(to_text(worst_mistakes(text, answers, TargetType::value, 2), "r") ==
          "r:3: 0 (3.0000), is 3: bad\nr:2: 1.5 (0.5000), is 1: good\n");
}

TEST_CASE("a long text is cropped between two letters", "[decoding]") {
  std::string umlauts;
  for (int i = 0; i < 200; ++i) umlauts += "ä";
  const std::vector<Mistake> mistakes{{.line = 1, .text = 'x' + umlauts, .label = "a"}};
  const auto text = to_text(mistakes, "r");
  REQUIRE(text.ends_with("ä...\n"));
  REQUIRE(text.size() < 340);
}

TEST_CASE("answers become predictions, row by row", "[decoding]") {
  const auto text = three_reviews();
  const auto classes = class_predictions(kAnswers, text.targets);
  REQUIRE(classes.classes == 2);
  REQUIRE(classes.probabilities ==
          std::vector<float>{0.25f, 0.75f, 0.375f, 0.625f, 0.125f, 0.875f});
  REQUIRE(classes.truth == std::vector<int64_t>{1, 0, 0});
  const std::vector<Target> many = {{.labels = {0, 1}}, {.labels = {}}, {.labels = {1}}};
  REQUIRE(label_predictions(kAnswers, many).truth == std::vector<uint8_t>{1, 1, 0, 0, 0, 1});
  const std::vector<Target> values = {{.value = 2.0}, {.value = 1.0}, {.value = 0.5}};
  REQUIRE(value_predictions(kAnswers, values).predicted == std::vector<double>{0.25, 0.375, 0.125});
  REQUIRE(value_predictions(kAnswers, values).truth == std::vector<double>{2.0, 1.0, 0.5});
}
