#include "app/decoding/sentiment_scorer.h"

#include <algorithm>
#include <cmath>

#include "tests/app/decoding/tiny_classifier.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

const std::vector<std::string> kReviews = {"ab cab", "a",   "",   "cc b, a.", "abc abc abc",
                                           "b",      "c a", "  ", "bb aa cc", "a b c a b c a b c"};

std::vector<Scored> scored_by(const TinyClassifierOptions& model, const ScoringOptions& scoring,
                              const std::vector<std::string>& lines = kReviews) {
  return SentimentScorer(tiny_classifier(model), {.scoring = scoring}).score(lines);
}

void require_same(const std::vector<Scored>& found, const std::vector<Scored>& expected) {
  REQUIRE(found.size() == expected.size());
  for (size_t i = 0; i < found.size(); ++i) {
    REQUIRE(found[i].decided == expected[i].decided);
    REQUIRE(found[i].probabilities.size() == expected[i].probabilities.size());
    for (size_t k = 0; k < found[i].probabilities.size(); ++k) {
      REQUIRE(found[i].probabilities[k] == Approx(expected[i].probabilities[k]).margin(1e-5));
    }
  }
}

double sum_of(const std::vector<float>& values) {
  double sum = 0;
  for (const float value : values) sum += value;
  return sum;
}

}  // namespace

TEST_CASE("as many answers come out as lines go in, whatever the bytes", "[decoding]") {
  SentimentScorer scorer(tiny_classifier(), {});
  const std::vector<std::string> lines = {"a b", "", "\xFF\xFE", " ", std::string(1, '\0'), "c\r"};
  const auto answers = scorer.score(lines);
  REQUIRE(answers.size() == lines.size());
  for (const auto& answer : answers) {
    REQUIRE(answer.decided.size() == 1);
    REQUIRE(sum_of(answer.probabilities) == Approx(1));
  }
  REQUIRE(scorer.report().lines == 6);
  REQUIRE(scorer.report().empty == 2);
  REQUIRE(scorer.report().invalid_utf8 == 1);
  REQUIRE(scorer.score({}).empty());
}

TEST_CASE("an answer does not depend on the other lines or the batch size", "[decoding]") {
  const auto expected = scored_by({}, {.batch_size = 4096});
  require_same(scored_by({}, {.batch_size = 1}), expected);
  require_same(scored_by({}, {.batch_size = 20}), expected);
  auto reversed = scored_by({}, {.batch_size = 20}, {kReviews.rbegin(), kReviews.rend()});
  std::reverse(reversed.begin(), reversed.end());
  require_same(reversed, expected);
}

TEST_CASE("a long line's logits are those of its windows by their shares", "[decoding]") {
  SentimentScorer scorer(tiny_classifier(),
                         {.scoring = ScoringOptions{.max_length = 4, .window_overlap = 1}});
  const auto answers =
      scorer.score(std::vector<std::string>{"a b c a b b c", "a b c a", "a b b c"});
  REQUIRE(scorer.report().split == 1);
  for (size_t k = 0; k < 3; ++k) {
    const double expected = (4.0 * answers[1].logits[k] + 3.0 * answers[2].logits[k]) / 7.0;
    REQUIRE(answers[0].logits[k] == Approx(expected).margin(1e-5));
  }
}

TEST_CASE("temperature divides the logits", "[decoding]") {
  const auto plain = scored_by({}, {}), warm = scored_by({}, {.temperature = 2.0});
  for (size_t i = 0; i < plain.size(); ++i) {
    REQUIRE(plain[i].logits == warm[i].logits);
    const double ratio = std::log(plain[i].probabilities[0] / plain[i].probabilities[1]);
    const double warmer = std::log(warm[i].probabilities[0] / warm[i].probabilities[1]);
    REQUIRE(warmer == Approx(ratio / 2).margin(1e-4));
  }
}

TEST_CASE("the threshold decides between two classes", "[decoding]") {
  const TinyClassifierOptions two{.labels = {"bad", "good"}};
  for (const auto& answer : scored_by(two, {.threshold = 0.0})) REQUIRE(answer.decided[0] == 1);
  SentimentScorer scorer(tiny_classifier(two), {.threshold = 1.0});
  for (const auto& answer : scorer.score(kReviews)) REQUIRE(answer.decided[0] == 0);
}

TEST_CASE("several labels each have their own probability", "[decoding]") {
  for (const auto& answer : scored_by({.targets = TargetType::multi_label}, {.threshold = 0.5})) {
    for (size_t k = 0; k < 3; ++k) {
      const double expected = 1 / (1 + std::exp(-answer.logits[k]));
      REQUIRE(answer.probabilities[k] == Approx(expected).margin(1e-5));
      const bool decided =
          std::count(answer.decided.begin(), answer.decided.end(), static_cast<int64_t>(k)) == 1;
      REQUIRE(decided == (answer.probabilities[k] >= 0.5));
    }
  }
}

TEST_CASE("ordinal answers have one logit less than labels, a value has itself", "[decoding]") {
  for (const auto& answer : scored_by({.targets = TargetType::ordinal}, {})) {
    REQUIRE(answer.logits.size() == 2);
    REQUIRE(answer.probabilities.size() == 3);
    REQUIRE(sum_of(answer.probabilities) == Approx(1));
  }
  for (const auto& answer : scored_by({.labels = {}, .targets = TargetType::value}, {})) {
    REQUIRE(answer.probabilities == answer.logits);
    REQUIRE(answer.decided.empty());
  }
}

TEST_CASE("a network that is being trained goes on being trained", "[decoding]") {
  const auto model = tiny_classifier();
  model->network->train();
  SentimentScorer(model, {}).score(kReviews);
  REQUIRE(model->network->is_training());
}

TEST_CASE("bf16 answers are near those of fp32", "[decoding]") {
  const auto model = tiny_classifier();
  const auto exact = SentimentScorer(model, {}).score(kReviews);
  const auto rough = SentimentScorer(model, {.precision = Precision::bf16}).score(kReviews);
  for (size_t i = 0; i < exact.size(); ++i) {
    for (size_t k = 0; k < 3; ++k) {
      REQUIRE(rough[i].probabilities[k] == Approx(exact[i].probabilities[k]).margin(0.1));
    }
  }
}

}  // namespace rondo
