#include "app/decoding/beam.h"

#include <cmath>
#include <map>

#include "tests/app/decoding/table_scorer.h"
#include "tests/support/catch_torch.h"

using namespace rondo;

namespace {

using Ids = std::vector<int32_t>;
using Rows = std::map<int64_t, std::vector<double>>;

constexpr int64_t a = 4, b = 5, c = 6;

// Probabilities of </s>, a, b, c after a history that ends in one of the keys; 0 is the beginning.
TableScorer::Table after_last(const Rows& rows) {
  return [rows](int64_t, const TableScorer::Ids& so_far) {
    const auto& p = rows.at(so_far.empty() ? 0 : so_far.back());
    return std::vector<double>{0, 0, 0, p[0], p[1], p[2], p[3]};
  };
}

// Greedy takes a, but b ends with a higher probability.
const Rows kGardenPath = {
    {0, {0.0, 0.6, 0.4, 0.0}}, {a, {0.4, 0.3, 0.3, 0.0}}, {b, {0.9, 0.05, 0.05, 0.0}}};

// "b" is likelier (0.275), "a c" longer (0.27).
const Rows kLonger = {{0, {0.0, 0.45, 0.55, 0.0}},
                      {a, {0.0, 0.2, 0.2, 0.6}},
                      {b, {0.5, 0.3, 0.2, 0.0}},
                      {c, {1.0, 0.0, 0.0, 0.0}}};

std::vector<Hypothesis> search_table(const TableScorer::Table& table, const SearchOptions& options,
                                     int64_t source_length = 3) {
  TableScorer scorer(1, table);
  return beam_search(scorer, torch::tensor({source_length}), options)[0];
}

std::vector<Ids> ids_of(const std::vector<Hypothesis>& hypotheses) {
  std::vector<Ids> all;
  for (const auto& hypothesis : hypotheses) all.push_back(hypothesis.ids);
  return all;
}

}  // namespace

TEST_CASE("beam of width 1 finds the greedy sentence", "[decoding]") {
  const auto found = search_table(after_last(kGardenPath), {.beam_size = 1, .beam_alpha = 0});
  REQUIRE(ids_of(found) == std::vector<Ids>{{a}});
  REQUIRE(found[0].log_prob == Approx(std::log(0.6 * 0.4)));
}

TEST_CASE("beam of width 2 finds the likelier sentence behind a worse first token", "[decoding]") {
  const auto found =
      search_table(after_last(kGardenPath), {.beam_size = 2, .beam_alpha = 0, .n_best = 2});
  REQUIRE(ids_of(found) == std::vector<Ids>{{b}, {a}});
  REQUIRE(found[0].log_prob == Approx(std::log(0.4 * 0.9)));
  REQUIRE(found[1].log_prob == Approx(std::log(0.6 * 0.4)));
}

TEST_CASE("each token's log-probability is kept, that of </s> last", "[decoding]") {
  const auto found = search_table(after_last(kLonger), {.beam_size = 3, .beam_alpha = 1});
  REQUIRE(ids_of(found) == std::vector<Ids>{{a, c}});
  REQUIRE(found[0].token_log_probs.size() == 3);
  REQUIRE(found[0].token_log_probs[0] == Approx(std::log(0.45)));
  REQUIRE(found[0].token_log_probs[1] == Approx(std::log(0.6)));
  REQUIRE(found[0].token_log_probs[2] == Approx(0.0).margin(1e-6));
}

TEST_CASE("length normalisation lets the longer sentence win", "[decoding]") {
  REQUIRE(search_table(after_last(kLonger), {.beam_size = 3, .beam_alpha = 0})[0].ids == Ids{b});
  const auto found = search_table(after_last(kLonger), {.beam_size = 3, .beam_alpha = 1});
  REQUIRE(found[0].ids == Ids{a, c});
  REQUIRE(found[0].score == Approx(std::log(0.45 * 0.6) / (8.0 / 6.0)));
}

TEST_CASE("equal candidates are taken in the order of their ids", "[decoding]") {
  const Rows even = {
      {0, {0.1, 0.3, 0.3, 0.3}}, {a, {1, 0, 0, 0}}, {b, {1, 0, 0, 0}}, {c, {1, 0, 0, 0}}};
  const auto found = search_table(after_last(even), {.beam_size = 3, .n_best = 3});
  REQUIRE(ids_of(found) == std::vector<Ids>{{a}, {b}, {c}});
}

TEST_CASE("<pad>, <s> and <unk> are never put out, <unk> unless allowed", "[decoding]") {
  const auto table = [](int64_t, const TableScorer::Ids& so_far) {
    if (!so_far.empty()) return std::vector<double>{0.2, 0.2, 0.2, 0.4, 0, 0, 0};
    return std::vector<double>{0.3, 0.25, 0.2, 0.05, 0.1, 0.06, 0.04};
  };
  REQUIRE(search_table(table, {.beam_size = 1})[0].ids == Ids{a});
  const auto unknown = search_table(table, {.beam_size = 1, .generate_unk = true});
  REQUIRE(unknown[0].ids == Ids{1});
  REQUIRE(unknown[0].log_prob == Approx(std::log(0.25 * 0.4)));
}

TEST_CASE("a minimum length keeps </s> back", "[decoding]") {
  const auto found = search_table(after_last(kGardenPath),
                                  {.beam_size = 1, .min_length_ratio = 1.5}, /*source_length=*/3);
  REQUIRE(found[0].ids.size() == 3);
}

TEST_CASE("a hypothesis is cut at the maximum length and then has no </s>", "[decoding]") {
  const Rows endless = {{0, {0, 1, 0, 0}}, {a, {0.1, 0.9, 0, 0}}};
  const auto found = search_table(after_last(endless), {.beam_size = 1, .max_length_ratio = 1.0},
                                  /*source_length=*/3);
  REQUIRE(found[0].ids == Ids(12, a));
  REQUIRE(found[0].token_log_probs.size() == 12);
  REQUIRE(found[0].log_prob == Approx(11 * std::log(0.9)));
}

TEST_CASE("no n-gram is put out twice when that is forbidden", "[decoding]") {
  const Rows endless = {{0, {0, 1, 0, 0}}, {a, {0.1, 0.6, 0.3, 0}}, {b, {0.1, 0.7, 0.2, 0}}};
  const auto found = search_table(after_last(endless), {.beam_size = 1, .no_repeat_ngram_size = 2});
  // a a, a b, b a; then a may be followed by neither, so only </s> is left.
  REQUIRE(found[0].ids == Ids{a, a, b, a});
}

TEST_CASE("sentences that are done leave the batch", "[decoding]") {
  const auto table = [](int64_t sentence, const TableScorer::Ids& so_far) {
    const bool end = static_cast<int64_t>(so_far.size()) > sentence;
    return std::vector<double>{0, 0, 0, end ? 1.0 : 0.0, end ? 0.0 : 1.0, 0, 0};
  };
  TableScorer scorer(3, table);
  const auto found = beam_search(scorer, torch::tensor({3L, 3L, 3L}), {.beam_size = 1});
  REQUIRE(scorer.rows_scored == std::vector<int64_t>{3, 3, 2, 1});
  REQUIRE(found[0][0].ids == Ids(1, a));
  REQUIRE(found[1][0].ids == Ids(2, a));
  REQUIRE(found[2][0].ids == Ids(3, a));
}

TEST_CASE("a search ends once nothing live can win, not at the length limit", "[decoding]") {
  TableScorer scorer(1, after_last(kGardenPath));
  beam_search(scorer, torch::tensor({50L}), {.beam_size = 2, .beam_alpha = 0});
  REQUIRE(scorer.rows_scored.size() < 5);
}
