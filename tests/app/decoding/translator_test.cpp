#include "app/decoding/translator.h"

#include <algorithm>
#include <numeric>

#include "app/decoding/pair_scorer.h"
#include "app/storage/model_file.h"
#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"

using namespace rondo;

namespace {

std::shared_ptr<TranslationModel> letter_model(DecoderType type = DecoderType::gnmt) {
  auto model = std::make_shared<TranslationModel>();
  model->source_tokenizer = std::make_shared<LetterTokenizer>();
  model->target_tokenizer = model->source_tokenizer;
  model->network = tiny_model(type, model->source_tokenizer->size());
  return model;
}

Translator make_translator(TestingOptions testing = {}, bool with_attention = false) {
  return Translator(letter_model(), {.testing = testing, .with_attention = with_attention});
}

std::vector<std::string> texts(const std::vector<std::vector<Translation>>& translations) {
  std::vector<std::string> all;
  for (const auto& best : translations) all.push_back(best.front().text);
  return all;
}

const std::vector<std::string> kLines = {"ab cab", "a",   "",   "cc b, a.", "abc abc abc",
                                         "b",      "c a", "  ", "bb aa cc"};

}  // namespace

TEST_CASE("as many translations come out as lines go in, whatever the bytes", "[decoding]") {
  auto translator = make_translator();
  const std::vector<std::string> lines = {"a b", "", "\xFF\xFE", " ", std::string(1, '\0'), "c\r"};
  const auto translations = translator.translate(lines);
  REQUIRE(translations.size() == lines.size());
  REQUIRE(translations[1].front().text.empty());
  REQUIRE(translations[3].front().text.empty());
  REQUIRE(translator.report().lines == 6);
  REQUIRE(translator.report().empty == 2);
  REQUIRE(translator.report().invalid_utf8 == 1);
}

TEST_CASE("translations do not depend on the batch size or the order of lines", "[decoding]") {
  const auto expected = texts(make_translator({.batch_size = 64}).translate(kLines));
  REQUIRE(texts(make_translator({.batch_size = 1}).translate(kLines)) == expected);
  REQUIRE(texts(make_translator({.batch_size = 3}).translate(kLines)) == expected);
  const std::vector<std::string> reversed(kLines.rbegin(), kLines.rend());
  auto found = texts(make_translator({.batch_size = 3}).translate(reversed));
  std::reverse(found.begin(), found.end());
  REQUIRE(found == expected);
}

TEST_CASE("a line that is too long is the join of its sentences", "[decoding]") {
  auto translator = make_translator({.max_input_length = 4});
  const auto parts = translator.translate(std::vector<std::string>{"ab.", "cab."});
  const auto whole = translator.translate(std::vector<std::string>{"ab. cab."})[0][0];
  REQUIRE(translator.report().split == 1);
  REQUIRE(whole.log_prob == Approx(parts[0][0].log_prob + parts[1][0].log_prob));
  REQUIRE(whole.target_pieces.size() ==
          parts[0][0].target_pieces.size() + parts[1][0].target_pieces.size());
}

TEST_CASE("a line that is cropped is translated as its beginning", "[decoding]") {
  auto translator = make_translator({.max_input_length = 3, .crop_long_input = true});
  const auto found = texts(translator.translate(std::vector<std::string>{"abcab", "abc"}));
  REQUIRE(found[0] == found[1]);
  REQUIRE(translator.report().cropped == 1);
}

TEST_CASE("pieces, their log-probabilities and attention belong together", "[decoding]") {
  auto translator = make_translator({.search = {.beam_size = 3, .n_best = 2}}, true);
  for (const auto& list : translator.translate(kLines)) {
    for (const auto& best : list) {
      REQUIRE(best.token_log_probs.size() == best.target_pieces.size());
      REQUIRE(best.attention.size() == best.target_pieces.size());
      for (const auto& row : best.attention) REQUIRE(row.size() == best.source_pieces.size());
      const double sum =
          std::accumulate(best.token_log_probs.begin(), best.token_log_probs.end(), 0.0);
      REQUIRE(best.log_prob == Approx(sum).margin(1e-6));
    }
  }
}

TEST_CASE("attention is given only when asked for", "[decoding]") {
  REQUIRE(make_translator().translate(kLines)[0][0].attention.empty());
}

TEST_CASE("the pair scorer agrees with the translator's own log-probabilities", "[decoding]") {
  for (const auto type : kDecoderTypes) {
    const auto model = letter_model(type);
    Translator translator(model, {.testing = TestingOptions{.search = {.beam_size = 4}}});
    PairScorer scorer(model, {.batch_size = 2});
    for (const auto& list : translator.translate(kLines)) {
      const auto& best = list.front();
      if (best.target_pieces.empty() || best.target_pieces.back() != kEosPiece) continue;
      std::string source;  // the letter tokenizer's pieces spell the line again
      for (const auto& piece : best.source_pieces) {
        if (piece == kEosPiece) continue;
        source += piece.starts_with("▁") ? " " + piece.substr(std::string("▁").size()) : piece;
      }
      const auto scored =
          scorer.score(std::vector<std::string>{source}, std::vector<std::string>{best.text});
      if (scored[0].target_pieces != best.target_pieces) continue;  // another spelling of the text
      REQUIRE(scored[0].log_prob == Approx(best.log_prob).margin(1e-4));
    }
  }
}

TEST_CASE("pair scores do not depend on the batch size", "[decoding]") {
  const auto model = letter_model();
  const std::vector<std::string> targets(kLines.rbegin(), kLines.rend());
  const auto expected = PairScorer(model, {.batch_size = 64}).score(kLines, targets);
  const auto alone = PairScorer(model, {.batch_size = 1}).score(kLines, targets);
  REQUIRE(expected.size() == kLines.size());
  for (size_t i = 0; i < kLines.size(); ++i) {
    REQUIRE(alone[i].log_prob == Approx(expected[i].log_prob).margin(1e-4));
    REQUIRE(alone[i].target_pieces == expected[i].target_pieces);
    REQUIRE(alone[i].target_pieces.size() == alone[i].token_log_probs.size());
  }
}

TEST_CASE("a pair scorer wants as many targets as sources", "[decoding]") {
  REQUIRE_THROWS_AS(PairScorer(letter_model(), {}).score(kLines, {}), std::invalid_argument);
}

TEST_CASE("bf16 finds translations too, with scores near those of fp32", "[decoding]") {
  const auto model = letter_model();
  PairScorer exact(model, {.precision = Precision::fp32});
  PairScorer rough(model, {.precision = Precision::bf16});
  const auto expected = exact.score(kLines, kLines), found = rough.score(kLines, kLines);
  for (size_t i = 0; i < kLines.size(); ++i) {
    REQUIRE(found[i].log_prob == Approx(expected[i].log_prob).epsilon(0.05).margin(0.3));
  }
  Translator translator(model, {.precision = Precision::bf16});
  REQUIRE(translator.translate(kLines).size() == kLines.size());
}
