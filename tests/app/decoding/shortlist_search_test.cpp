// A search among some target pieces alone.
#include <set>

#include "app/decoding/search.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

constexpr int64_t kShortVocab = 30;

std::vector<std::vector<Hypothesis>> found_with(const torch::Tensor& vocabulary,
                                                const SearchOptions& options,
                                                DecoderType type = DecoderType::gnmt) {
  Seq2Seq model = tiny_model(type, kShortVocab, 11);
  auto input = search_input(random_sentences(7, 8, kShortVocab, 12));
  input.with_attention = true;
  input.vocabulary = vocabulary;
  return search(*model, input, options);
}

torch::Tensor even_pieces() {
  return torch::cat({torch::arange(kSpecialTokens), torch::arange(kSpecialTokens, kShortVocab, 2)});
}

}  // namespace

TEST_CASE("a shortlist that holds everything changes nothing", "[decoding]") {
  const auto type =
      GENERATE(DecoderType::gnmt, DecoderType::luong, DecoderType::bahdanau, DecoderType::vanilla);
  const SearchOptions options{.beam_size = GENERATE(1, 4), .n_best = 1};
  const auto all = found_with({}, options, type);
  const auto listed = found_with(torch::arange(kShortVocab), options, type);
  REQUIRE(all.size() == listed.size());
  for (size_t i = 0; i < all.size(); ++i) {
    CHECK(all[i][0].ids == listed[i][0].ids);
    CHECK(all[i][0].score == listed[i][0].score);
    CHECK(all[i][0].token_log_probs == listed[i][0].token_log_probs);
    CHECK(all[i][0].attention == listed[i][0].attention);
  }
}

TEST_CASE("only pieces of the shortlist come out, under their own ids", "[decoding]") {
  const SearchOptions options{.beam_size = 4, .no_repeat_ngram_size = GENERATE(0, 2), .n_best = 4};
  std::set<int32_t> seen;
  for (const auto& hypotheses : found_with(even_pieces(), options)) {
    REQUIRE_FALSE(hypotheses.empty());
    for (const auto& hypothesis : hypotheses)
      seen.insert(hypothesis.ids.begin(), hypothesis.ids.end());
  }
  REQUIRE(seen.size() > 3);
  for (const int32_t id : seen) CHECK((id >= kSpecialTokens && id % 2 == 0));
  CHECK(*seen.rbegin() > 16);  // beyond the places in the shortlist
}

TEST_CASE("the tokens of a shortlist share the probability among themselves", "[decoding]") {
  // Greedy on one step: the log-probability of the first token over the listed logits.
  Seq2Seq model = tiny_model(DecoderType::gnmt, kShortVocab, 11);
  model->eval();
  const torch::NoGradGuard no_grad;
  auto input = search_input({{7, 9, 20}});
  const auto output =
      model->forward(input.source, input.lengths, torch::full({1, 1}, kBosId, torch::kInt64));
  const auto logits = model->decoder().logits(output.features[0])[0];
  input.vocabulary = even_pieces();
  const auto best = search(*model, input, {.beam_size = 1})[0][0];
  const int64_t first = best.ids.empty() ? kEosId : best.ids[0];
  const auto expected = logits[first] - logits.index_select(0, input.vocabulary).logsumexp(0);
  CHECK(best.token_log_probs[0] == Approx(expected.item<double>()).margin(1e-5));
}

TEST_CASE("several models search one shortlist together", "[decoding]") {
  Seq2Seq one = tiny_model(DecoderType::gnmt, kShortVocab, 1);
  Seq2Seq other = tiny_model(DecoderType::luong, kShortVocab, 2);
  const std::vector<Seq2SeqImpl*> models{one.get(), other.get()};
  auto input = search_input(random_sentences(5, 6, kShortVocab, 3));
  const auto all = search(models, input, {}, {});
  input.vocabulary = torch::arange(kShortVocab);
  const auto listed = search(models, input, {}, {});
  for (size_t i = 0; i < all.size(); ++i) CHECK(all[i][0].ids == listed[i][0].ids);
}

TEST_CASE("a shortlist without the special tokens is refused", "[decoding]") {
  CHECK_THROWS_AS(found_with(torch::arange(4, 20), {}), c10::Error);
  CHECK_THROWS_AS(found_with(torch::arange(2), {}), c10::Error);
}

}  // namespace rondo
