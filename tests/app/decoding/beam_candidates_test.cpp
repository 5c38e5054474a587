#include "app/decoding/beam_candidates.h"

#include <cmath>
#include <limits>

#include "tests/support/catch.h"

using namespace rondo;

namespace {

// Rows 2 and 3 of a batch, two tokens each.
const RankedTokens kBest{.each = 2,
                         .log_probs = {0, 0, 0, 0, -1, -4, -1, -2},
                         .tokens = {0, 0, 0, 0, 7, 8, 5, 6},
                         .ends = {}};
const std::vector<double> kTotals{-1, -2};
const SentenceRows kRows{.first = 2, .totals = kTotals};

}  // namespace

TEST_CASE("candidates of a sentence come best first, of all its rows", "[decoding]") {
  const auto found = best_candidates(kRows, kBest, 3);
  REQUIRE(found.size() == 3);
  REQUIRE(found[0].total == -2);
  REQUIRE((found[0].parent == 2 && found[0].token == 7));
  REQUIRE((found[1].parent == 3 && found[1].token == 5));
  REQUIRE((found[2].parent == 3 && found[2].token == 6));
  REQUIRE(found[2].log_prob == -2);
}

TEST_CASE("among equal candidates that of the earlier row comes first", "[decoding]") {
  const std::vector<double> even{-1, -1};
  const auto found = best_candidates({2, even}, kBest, 2);
  REQUIRE((found[0].parent == 2 && found[1].parent == 3));
}

TEST_CASE("an ending counts where it is among the best of endings and candidates", "[decoding]") {
  const auto candidates = best_candidates(kRows, kBest, 2);  // -2, -3
  const std::vector<float> ends{-1.5f, -1};                  // -2.5, -3
  const auto at = [&](int64_t beam) { return report_rows(kRows, ends, candidates, beam); };
  REQUIRE(std::isinf(at(1)[0].end_log_prob));
  REQUIRE(at(2)[0].end_log_prob == -1.5);
  REQUIRE(std::isinf(at(2)[1].end_log_prob));
  REQUIRE(at(3)[1].end_log_prob == -1);  // as good as the second candidate, and before it
  REQUIRE(at(3)[1].log_prob == -2);
}
