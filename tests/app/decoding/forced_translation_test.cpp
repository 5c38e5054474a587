#include "app/decoding/forced_translation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "app/decoding/pair_scorer.h"
#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"

using namespace rondo;

namespace {

std::shared_ptr<TranslationModel> small_letter_model(DecoderType type, uint64_t seed = 1) {
  auto model = std::make_shared<TranslationModel>();
  model->source_tokenizer = std::make_shared<LetterTokenizer>();
  model->target_tokenizer = model->source_tokenizer;
  model->network = tiny_model(type, model->source_tokenizer->size(), seed);
  return model;
}

using Rows = std::vector<std::vector<float>>;

// Of the rows that both have.
double largest_difference(const Rows& left, const Rows& right) {
  double largest = 0;
  for (size_t row = 0; row < std::min(left.size(), right.size()); ++row) {
    for (size_t i = 0; i < left[row].size(); ++i) {
      largest = std::max(largest, std::abs(static_cast<double>(left[row][i]) - right[row].at(i)));
    }
  }
  return largest;
}

// Whether a text that was written in these pieces is read in them; one that was cut has no </s>.
bool same_pieces(const Translation& given, const Translation& own) {
  return std::equal(own.target_pieces.begin(), own.target_pieces.end(), given.target_pieces.begin(),
                    given.target_pieces.end() - 1) ||
         given.target_pieces == own.target_pieces;
}

}  // namespace

TEST_CASE("what a model wrote looks, given back, at what it looked at", "[decoding]") {
  const auto type = GENERATE(DecoderType::gnmt, DecoderType::luong, DecoderType::bahdanau);
  TestingOptions greedy;
  greedy.search.beam_size = 1;
  int compared = 0;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    const auto model = small_letter_model(type, seed);
    const Translator translator(model, {.testing = greedy, .with_attention = true});
    const std::string source = "ab c";
    const Translation own = translator.translate({&source, 1})[0][0];
    const Translation given =
        forced_translation(make_ready_model(model, Precision::fp32), source, own.text);
    REQUIRE(given.source_pieces == own.source_pieces);
    if (!same_pieces(given, own)) continue;
    ++compared;
    CHECK(largest_difference(given.attention, own.attention) < 1e-5);
    CHECK(given.token_log_probs[0] == Approx(own.token_log_probs[0]));
  }
  CAPTURE(compared);
  CHECK(compared > 0);
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
