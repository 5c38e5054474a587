#include "app/decoding/score_stream.h"

#include <sstream>

#include "tests/support/catch.h"

using namespace rondo;

namespace {

LineSource lines_of(const std::string& text) {
  return [in = std::make_shared<std::istringstream>(text)](std::string& line) {
    return static_cast<bool>(std::getline(*in, line));
  };
}

// One nat a byte of the target and half a nat for </s>.
std::vector<PairScore> score_by_length(std::span<const std::string> sources,
                                       std::span<const std::string> targets) {
  std::vector<PairScore> scores;
  for (const auto& target : targets) {
    PairScore& score = scores.emplace_back();
    for (const char c : target) {
      score.target_pieces.emplace_back(1, c);
      score.token_log_probs.push_back(-1.0f);
    }
    score.target_pieces.emplace_back("</s>");
    score.token_log_probs.push_back(-0.5f);
    score.log_prob = -0.5 - static_cast<double>(target.size());
  }
  return scores;
}

}  // namespace

TEST_CASE("pairs are scored in order, and add up", "[decoding]") {
  std::ostringstream out;
  const auto totals = score_stream(lines_of("a\nb\nc"), lines_of("x\n\nxyz"), /*window=*/2,
                                   score_by_length, ScoreFormat::plain, out);
  REQUIRE(out.str() == "-1.5000\n-0.5000\n-3.5000\n");
  REQUIRE(totals.pairs == 3);
  REQUIRE(totals.tokens == 7);
  REQUIRE(totals.log_prob == Approx(-5.5));
  REQUIRE_FALSE(totals.sources_longer);
  REQUIRE_FALSE(totals.targets_longer);
}

TEST_CASE("scoring notices which side has more lines", "[decoding]") {
  std::ostringstream out;
  const auto more_sources = score_stream(lines_of("a\nb\nc"), lines_of("x\ny"), 8, score_by_length,
                                         ScoreFormat::plain, out);
  REQUIRE(more_sources.pairs == 2);
  REQUIRE(more_sources.sources_longer);
  const auto more_targets =
      score_stream(lines_of("a"), lines_of("x\ny"), 1, score_by_length, ScoreFormat::plain, out);
  REQUIRE(more_targets.pairs == 1);
  REQUIRE(more_targets.targets_longer);
}

TEST_CASE("token scores stand behind their pieces", "[decoding]") {
  const PairScore score{
      .log_prob = -1.5, .target_pieces = {"▁a", "</s>"}, .token_log_probs = {-1.0f, -0.5f}};
  REQUIRE(format_score(3, score, ScoreFormat::tokens) == "-1.5000\t▁a:-1.0000 </s>:-0.5000\n");
  REQUIRE(format_score(3, score, ScoreFormat::json) ==
          R"({"line":3,"log_prob":-1.5,"tokens":2,"target_pieces":["▁a","</s>"],)"
          R"("token_log_probs":[-1.0,-0.5]})"
          "\n");
}
