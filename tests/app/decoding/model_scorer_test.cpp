#include "app/decoding/model_scorer.h"

#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"

using namespace rondo;

namespace {

constexpr int64_t kScorerVocab = 40;

std::vector<std::vector<Hypothesis>> searched(Seq2Seq& model, const SearchOptions& options) {
  return search(*model, search_input(random_sentences(6, 9, kScorerVocab)), options);
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
