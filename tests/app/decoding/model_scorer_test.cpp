#include "app/decoding/model_scorer.h"

#include <ATen/record_function.h>

#include <atomic>

#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"

using namespace rondo;

namespace {

constexpr int64_t kScorerVocab = 40;

std::vector<std::vector<Hypothesis>> searched(Seq2Seq& model, const SearchOptions& options) {
  return search(*model, search_input(random_sentences(6, 9, kScorerVocab)), options);
}

// LibTorch's operators called by act.
template <typename Act>
int64_t operators_of(const Act& act) {
  static std::atomic<int64_t> count;
  count = 0;
  const auto handle = at::addThreadLocalCallback(
      at::RecordFunctionCallback([](const at::RecordFunction&)
                                     -> std::unique_ptr<at::ObserverContext> {
        ++count;
        return nullptr;
      }).scopes({at::RecordScope::FUNCTION}));
  act();
  at::removeCallback(handle);
  return count;
}

}  // namespace

TEST_CASE("a packed model finds the same translations", "[decoding]") {
  for (const auto type : kDecoderTypes) {
    auto model = tiny_model(type, kScorerVocab), packed = tiny_model(type, kScorerVocab);
    packed->pack(PackedType::fp32);
    for (const auto& options :
         {SearchOptions{.beam_size = 1}, SearchOptions{.beam_size = 4, .n_best = 3},
          SearchOptions{.beam_size = 3, .coverage_penalty = 0.2},
          SearchOptions{.beam_size = 3, .no_repeat_ngram_size = 2}}) {
      const auto expected = searched(model, options), found = searched(packed, options);
      for (size_t i = 0; i < expected.size(); ++i) {
        REQUIRE(found[i].size() == expected[i].size());
        for (size_t n = 0; n < expected[i].size(); ++n) {
          REQUIRE(found[i][n].ids == expected[i][n].ids);
          REQUIRE(found[i][n].score == Approx(expected[i][n].score).margin(1e-5));
        }
      }
    }
  }
}

TEST_CASE("a model packed in bf16 scores nearly the same", "[decoding]") {
  auto model = tiny_model(DecoderType::gnmt, kScorerVocab);
  const auto expected = searched(model, {.beam_size = 4});
  model->pack(PackedType::bf16);
  const auto found = searched(model, {.beam_size = 4});
  for (size_t i = 0; i < expected.size(); ++i) {
    REQUIRE(found[i][0].score == Approx(expected[i][0].score).epsilon(0.05).margin(0.2));
  }
}

TEST_CASE("a step of a packed model takes few operators", "[decoding]") {
  auto model = tiny_model(DecoderType::gnmt, kScorerVocab);
  model->eval();
  model->pack(PackedType::fp32);
  const auto input = search_input(random_sentences(1, 5, kScorerVocab));
  torch::NoGradGuard no_grad;
  ModelScorer scorer(*model, input.source, input.lengths);
  const auto tokens = torch::full({1}, 2, torch::kInt64);
  scorer.rank(tokens, 4, {});
  const int64_t step = operators_of([&] { scorer.rank(tokens, 4, {}); });
  INFO("operators " << step);
  REQUIRE(step <= 60);
}
