#include "app/decoding/ensemble_scorer.h"

#include <cmath>

#include "app/decoding/beam.h"
#include "app/errors.h"
#include "tests/app/decoding/table_scorer.h"
#include "tests/support/catch_torch.h"
#include "tokenizers/special_tokens.h"

using namespace rondo;

namespace {

using TokenIds = std::vector<int32_t>;

constexpr int64_t kWordA = 4, kWordB = 5, kWordC = 6;

// Probabilities of </s>, a, b, c: `first` at the beginning, then `then`.
TableScorer::Table two_rows(const std::vector<double>& first, const std::vector<double>& then) {
  return [first, then](int64_t, const TableScorer::Ids& so_far) {
    const auto& p = so_far.empty() ? first : then;
    return std::vector<double>{0, 0, 0, p[0], p[1], p[2], p[3]};
  };
}

std::unique_ptr<StepScorer> table_member(const TableScorer::Table& next, int64_t sentences = 1) {
  return std::make_unique<TableScorer>(sentences, next);
}

EnsembleScorer pair_of(const TableScorer::Table& one, const TableScorer::Table& other,
                       const EnsembleOptions& options, int64_t sentences = 1) {
  std::vector<std::unique_ptr<StepScorer>> members;
  members.push_back(table_member(one, sentences));
  members.push_back(table_member(other, sentences));
  return EnsembleScorer(std::move(members), options);
}

// The probability of each id after <s>.
torch::Tensor first_probs(EnsembleScorer scorer) {
  return scorer.step(torch::tensor({int64_t{kBosId}})).logits.softmax(1)[0];
}

// A scorer that always gives the same.
struct Fixed : StepScorer {
  Fixed(torch::Tensor logits, torch::Tensor attention)
      : scores{.logits = std::move(logits), .attention = std::move(attention)} {}
  StepScores step(const torch::Tensor&) override { return scores; }
  void select(const torch::Tensor&, const torch::Tensor&) override {}
  StepScores scores;
};

std::unique_ptr<StepScorer> attending(const std::vector<float>& weights) {
  return std::make_unique<Fixed>(torch::zeros({1, 7}), torch::tensor(weights).unsqueeze(0));
}

const std::vector<double> kEnds = {1, 0, 0, 0};

}  // namespace

TEST_CASE("two tables together have the mean of their probabilities", "[decoding]") {
  const auto one = two_rows({0.1, 0.6, 0.3, 0.0}, kEnds),
             other = two_rows({0.5, 0.2, 0.1, 0.2}, kEnds);
  const auto even = first_probs(pair_of(one, other, {}));
  CHECK(even[kEosId].item<double>() == Approx(0.3));
  CHECK(even[kWordA].item<double>() == Approx(0.4));
  CHECK(even[kWordB].item<double>() == Approx(0.2));
  CHECK(even[kWordC].item<double>() == Approx(0.1));
  const auto uneven = first_probs(pair_of(one, other, {.weights = {3, 1}}));
  CHECK(uneven[kWordA].item<double>() == Approx(0.5));
  CHECK(uneven[kWordC].item<double>() == Approx(0.05));
}

TEST_CASE("combined by logarithms they have the product's root, normalised", "[decoding]") {
  const auto one = two_rows({0.1, 0.6, 0.3, 0.0}, kEnds),
             other = two_rows({0.4, 0.2, 0.2, 0.2}, kEnds);
  const auto found = first_probs(pair_of(one, other, {.combine = Combination::log}));
  const double end = std::sqrt(0.1 * 0.4), a = std::sqrt(0.6 * 0.2), b = std::sqrt(0.3 * 0.2);
  CHECK(found[kEosId].item<double>() == Approx(end / (end + a + b)));
  CHECK(found[kWordA].item<double>() == Approx(a / (end + a + b)));
  CHECK(found[kWordB].item<double>() == Approx(b / (end + a + b)));
  CHECK(found[kWordC].item<double>() == 0);  // one says no
}

TEST_CASE("a token that all find next to impossible keeps its rank", "[decoding]") {
  const auto logits = torch::tensor({0.0F, -200.0F, -300.0F}).unsqueeze(0);
  std::vector<std::unique_ptr<StepScorer>> members;
  for (int i = 0; i < 2; ++i) members.push_back(std::make_unique<Fixed>(logits, torch::Tensor()));
  EnsembleScorer scorer(std::move(members), {});
  const auto found = scorer.step(torch::tensor({int64_t{kBosId}})).logits;
  CHECK(torch::allclose(found, logits));
}

TEST_CASE("a search takes what the members find together and neither alone", "[decoding]") {
  const auto one = two_rows({0, 0.5, 0.4, 0.1}, kEnds), other = two_rows({0, 0.1, 0.4, 0.5}, kEnds);
  auto scorer = pair_of(one, other, {});
  const auto found = beam_search(scorer, torch::tensor({3L}), {.beam_size = 3, .n_best = 3})[0];
  REQUIRE(found.size() == 3);
  CHECK(found[0].ids == TokenIds{kWordB});
  CHECK(found[0].log_prob == Approx(std::log(0.4)));
  CHECK(found[1].log_prob == Approx(std::log(0.3)));
}

TEST_CASE("a table beside itself searches as it does alone", "[decoding]") {
  const auto next = [](int64_t sentence, const TableScorer::Ids& so_far) {
    const double end = 0.1 + 0.15 * static_cast<double>(so_far.size() + sentence);
    const double rest = 1 - std::min(end, 0.9);
    return std::vector<double>{0, 0, 0, 1 - rest, 0.5 * rest, 0.3 * rest, 0.2 * rest};
  };
  const EnsembleOptions options{.combine = GENERATE(Combination::mean, Combination::log),
                                .weights = {0.7, 0.3}};
  const SearchOptions search{.beam_size = 4, .n_best = 4};
  const auto lengths = torch::tensor({3L, 4L, 2L});
  auto together = pair_of(next, next, options, 3);
  TableScorer alone(3, next);
  const auto found = beam_search(together, lengths, search);
  const auto expected = beam_search(alone, lengths, search);
  for (size_t i = 0; i < expected.size(); ++i) {
    REQUIRE(found[i].size() == expected[i].size());
    for (size_t n = 0; n < expected[i].size(); ++n) {
      CHECK(found[i][n].ids == expected[i][n].ids);
      CHECK(found[i][n].score == Approx(expected[i][n].score));
    }
  }
}

TEST_CASE("sentences that are done leave every member", "[decoding]") {
  const auto next = [](int64_t sentence, const TableScorer::Ids& so_far) {
    const bool end = static_cast<int64_t>(so_far.size()) > sentence;
    return std::vector<double>{0, 0, 0, end ? 1.0 : 0.0, end ? 0.0 : 1.0, 0, 0};
  };
  auto first = std::make_unique<TableScorer>(3, next),
       second = std::make_unique<TableScorer>(3, next);
  const auto *one = first.get(), *other = second.get();
  std::vector<std::unique_ptr<StepScorer>> members;
  members.push_back(std::move(first));
  members.push_back(std::move(second));
  EnsembleScorer scorer(std::move(members), {});
  const auto found = beam_search(scorer, torch::tensor({3L, 3L, 3L}), {.beam_size = 1});
  CHECK(one->rows_scored == std::vector<int64_t>{3, 3, 2, 1});
  CHECK(other->rows_scored == one->rows_scored);
  CHECK(found[2][0].ids == TokenIds(3, kWordA));
}

TEST_CASE("attention is the weighted mean over those who attend", "[decoding]") {
  std::vector<std::unique_ptr<StepScorer>> members;
  members.push_back(attending({1, 0}));
  members.push_back(table_member(two_rows({0.25, 0.25, 0.25, 0.25}, kEnds)));  // never attends
  members.push_back(attending({0, 1}));
  EnsembleScorer scorer(std::move(members), {.weights = {1, 4, 3}});
  const auto attention = scorer.step(torch::tensor({int64_t{kBosId}})).attention;
  REQUIRE(attention.defined());
  CHECK(torch::allclose(attention, torch::tensor({{0.25, 0.75}})));
}

TEST_CASE("members and weights must be as many", "[decoding]") {
  const auto any = two_rows(kEnds, kEnds);
  CHECK_THROWS_AS(pair_of(any, any, {.weights = {1, 1, 1}}), ConfigError);
}
