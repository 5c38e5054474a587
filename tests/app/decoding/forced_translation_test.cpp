#include "app/decoding/forced_translation.h"

#include <numeric>

#include "app/decoding/pair_scorer.h"
#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"

using namespace rondo;

namespace {

std::shared_ptr<TranslationModel> small_letter_model(DecoderType type) {
  auto model = std::make_shared<TranslationModel>();
  model->source_tokenizer = std::make_shared<LetterTokenizer>();
  model->target_tokenizer = model->source_tokenizer;
  model->network = tiny_model(type, model->source_tokenizer->size());
  return model;
}

}  // namespace

TEST_CASE("what a model wrote looks, given back, at what it looked at", "[decoding]") {
  const auto type = GENERATE(DecoderType::gnmt, DecoderType::luong, DecoderType::bahdanau);
  const auto model = small_letter_model(type);
  TestingOptions greedy;
  greedy.search.beam_size = 1;
  const Translator translator(model, {.testing = greedy, .with_attention = true});
  const std::string source = "ab cab";
  const Translation own = translator.translate({&source, 1})[0][0];
  const Translation given =
      forced_translation(make_ready_model(model, Precision::fp32), source, own.text);
  REQUIRE(given.source_pieces == own.source_pieces);
  REQUIRE(given.target_pieces.size() >= own.target_pieces.size());
  for (size_t t = 0; t < own.target_pieces.size(); ++t) {
    CHECK(given.target_pieces[t] == own.target_pieces[t]);
    for (size_t s = 0; s < own.source_pieces.size(); ++s) {
      CHECK(given.attention[t][s] == Approx(own.attention[t][s]).margin(1e-5));
    }
  }
}

TEST_CASE("a given translation is as likely as score says, and its rows add up to 1",
          "[decoding]") {
  const auto model = small_letter_model(DecoderType::gnmt);
  const std::string source = "abc", target = "b, a";
  const Translation given =
      forced_translation(make_ready_model(model, Precision::fp32), source, target);
  PairScorer scorer(model, PairScorerOptions{});
  CHECK(given.log_prob == Approx(scorer.score({&source, 1}, {&target, 1})[0].log_prob));
  CHECK(given.target_pieces.back() == "</s>");
  CHECK(given.token_log_probs.size() == given.target_pieces.size());
  for (const auto& row : given.attention) {
    CHECK(std::accumulate(row.begin(), row.end(), 0.0) == Approx(1));
  }
}

TEST_CASE("a decoder without attention gives none", "[decoding]") {
  const auto model = small_letter_model(DecoderType::vanilla);
  CHECK(forced_translation(make_ready_model(model, Precision::fp32), "a", "b").attention.empty());
}
