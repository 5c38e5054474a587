#include "app/decoding/explanation.h"

#include <algorithm>

#include "app/decoding/sentiment_scorer.h"
#include "app/errors.h"
#include "tests/app/decoding/tiny_classifier.h"
#include "tests/support/catch_torch.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

const std::string kReview = "ab c, bca b";  // 4 words

Explanation explained_by(const std::shared_ptr<SentimentModel>& model, const std::string& line,
                         ExplainMethod method, const ScoringOptions& scoring = {}) {
  SentimentScorer scorer(model, {.scoring = scoring});
  return scorer.explain(std::vector<std::string>{line}, method).front();
}

double sum_of_weights(const Explanation& explanation) {
  double sum = explanation.weights.rest;
  for (const auto& word : explanation.weights.words) sum += word.weight;
  return sum;
}

int64_t number_of(const SentimentModel& model, const std::string& label) {
  const auto& labels = model.experiment.labelled.labels;
  return std::find(labels.begin(), labels.end(), label) - labels.begin();
}

// What the network says of the text's embedding times scale.
double scaled_logit(SentimentModel& model, const std::string& line, double scale, int64_t output) {
  const torch::NoGradGuard no_grad;
  model.network->eval();
  const auto ids = model.tokenizer->encode(line);
  std::vector<int64_t> tokens(ids.begin(), ids.end());
  tokens.push_back(kEosId);
  const auto embedded = model.network->embed(torch::tensor(tokens).unsqueeze(1)) * scale;
  const auto lengths = torch::full({1}, static_cast<int64_t>(tokens.size()), torch::kInt64);
  return model.network->classify(embedded, lengths).logits[0][output].item<double>();
}

}  // namespace

TEST_CASE("integrated gradients sum to the logit less that of zeros", "[decoding]") {
  for (const auto pooling : {Pooling::attention, Pooling::mean, Pooling::last}) {
    const auto model = tiny_classifier({.pooling = pooling});
    const auto explanation = explained_by(model, kReview, ExplainMethod::integrated);
    const int64_t label = number_of(*model, explanation.label);
    const double whole = scaled_logit(*model, kReview, 1, label);
    const double difference = whole - scaled_logit(*model, kReview, 0, label);
    REQUIRE(explanation.logit == Approx(whole).margin(1e-4));
    REQUIRE(sum_of_weights(explanation) == Approx(difference).epsilon(0.03).margin(0.01));
  }
}

TEST_CASE("gradient times input is the slope along the text's own embedding", "[decoding]") {
  const auto model = tiny_classifier();
  const auto explanation = explained_by(model, kReview, ExplainMethod::gradient);
  const int64_t label = number_of(*model, explanation.label);
  const double slope =
      (scaled_logit(*model, kReview, 1.01, label) - scaled_logit(*model, kReview, 0.99, label)) /
      0.02;
  REQUIRE(sum_of_weights(explanation) == Approx(slope).epsilon(0.02).margin(1e-3));
}

TEST_CASE("a word weighs by what the logit loses without it", "[decoding]") {
  const auto model = tiny_classifier();
  const auto explanation = explained_by(model, kReview, ExplainMethod::leave_one_out);
  const int64_t label = number_of(*model, explanation.label);
  REQUIRE(explanation.weights.words.size() == 4);
  const char* without[] = {"c, bca b", "ab bca b", "ab c, b", "ab c, bca"};
  for (size_t i = 0; i < 4; ++i) {
    const double lost = explanation.logit - scaled_logit(*model, without[i], 1, label);
    REQUIRE(explanation.weights.words[i].weight == Approx(lost).margin(1e-4));
  }
  REQUIRE(explanation.weights.rest == 0);
}

TEST_CASE("attention is shared among the words and </s>", "[decoding]") {
  const auto explanation = explained_by(tiny_classifier(), kReview, ExplainMethod::attention);
  REQUIRE(sum_of_weights(explanation) == Approx(1));
  for (const auto& word : explanation.weights.words) REQUIRE(word.weight > 0);
}

TEST_CASE("a model that does not attend cannot be explained by attention", "[decoding]") {
  const auto model = tiny_classifier({.pooling = Pooling::max});
  REQUIRE_THROWS_AS(explained_by(model, kReview, ExplainMethod::attention), ConfigError);
}

TEST_CASE("weights do not depend on how many copies are read at once", "[decoding]") {
  const auto model = tiny_classifier();
  for (const auto method : {ExplainMethod::integrated, ExplainMethod::leave_one_out}) {
    const auto whole = explained_by(model, kReview, method);
    const auto parts = explained_by(model, kReview, method, {.batch_size = 30});
    for (size_t i = 0; i < whole.weights.words.size(); ++i) {
      REQUIRE(parts.weights.words[i].weight == Approx(whole.weights.words[i].weight).margin(1e-4));
    }
  }
}

TEST_CASE("a text read in windows is explained to its end", "[decoding]") {
  const ScoringOptions windows{.max_length = 4, .window_overlap = 1};
  const auto explanation =
      explained_by(tiny_classifier(), "a b c a b b c", ExplainMethod::attention, windows);
  REQUIRE(explanation.weights.words.size() == 7);
  REQUIRE(sum_of_weights(explanation) == Approx(1));
  for (const auto& word : explanation.weights.words) REQUIRE(word.weight > 0);
}

TEST_CASE("words are shown as they were written, also unknown ones and none", "[decoding]") {
  const auto model = tiny_classifier();
  const auto explanation = explained_by(model, "Ünd a\xFF", ExplainMethod::gradient);
  REQUIRE(explanation.weights.words.size() == 2);
  REQUIRE(explanation.weights.words[0].word == "Ünd");
  REQUIRE(explanation.weights.words[1].word == "a\xEF\xBF\xBD");
  REQUIRE(explained_by(model, "", ExplainMethod::leave_one_out).weights.words.empty());
}

TEST_CASE("every kind of answer is explained", "[decoding]") {
  const auto ordinal = tiny_classifier({.targets = TargetType::ordinal});
  const auto stars = explained_by(ordinal, kReview, ExplainMethod::integrated);
  const double mean =
      (scaled_logit(*ordinal, kReview, 1, 0) + scaled_logit(*ordinal, kReview, 1, 1)) / 2;
  REQUIRE(stars.logit == Approx(mean).margin(1e-4));
  const auto topics = explained_by(tiny_classifier({.targets = TargetType::multi_label}), kReview,
                                   ExplainMethod::gradient);
  REQUIRE_FALSE(topics.label.empty());
  const auto value = explained_by(tiny_classifier({.labels = {}, .targets = TargetType::value}),
                                  kReview, ExplainMethod::gradient);
  REQUIRE(value.label.empty());
  REQUIRE(value.probability == Approx(value.logit));
}

}  // namespace rondo
