#include "app/decoding/search.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "app/decoding/coverage.h"
#include "app/decoding/force_score.h"
#include "app/decoding/penalties.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"
#include "tokenizers/special_tokens.h"

using namespace rondo;

namespace {

using Found = std::vector<std::vector<Hypothesis>>;

constexpr int64_t kVocab = 30;

Sentences ids_of(const Found& found) {
  Sentences all;
  for (const auto& best : found) all.emplace_back(best[0].ids.begin(), best[0].ids.end());
  return all;
}

// One sentence, one token at a time, the plainest way there is.
std::vector<int64_t> greedy_loop(Seq2Seq& model, const std::vector<int64_t>& source) {
  torch::NoGradGuard no_grad;
  model->eval();
  const auto input = search_input({source});
  const auto limit = static_cast<size_t>(length_limits(source.size(), {}).max);
  std::vector<int64_t> ids;
  while (ids.size() < limit) {
    std::vector<int64_t> fed = {kBosId};
    fed.insert(fed.end(), ids.begin(), ids.end());
    const auto output =
        model->forward(input.source, input.lengths, torch::tensor(fed).unsqueeze(1));
    auto logits = model->decoder().logits(output.features[-1])[0];
    for (const int64_t banned : {kPadId, kUnkId, kBosId}) logits[banned] = -INFINITY;
    const auto next = logits.argmax().item<int64_t>();
    if (next == kEosId) break;
    ids.push_back(next);
  }
  return ids;
}

Found search_in_batches(Seq2Seq& model, const Sentences& sources, size_t size,
                        const SearchOptions& options) {
  Found all;
  for (size_t begin = 0; begin < sources.size(); begin += size) {
    const size_t end = std::min(begin + size, sources.size());
    const Sentences some(sources.begin() + begin, sources.begin() + end);
    for (auto& found : search(*model, search_input(some), options)) all.push_back(found);
  }
  return all;
}

// Every sequence of two words up to a length.
void all_sequences(size_t longest, std::vector<int64_t> prefix, Sentences& out) {
  out.push_back(prefix);
  if (prefix.size() == longest) return;
  for (const int64_t id : {kSpecialTokens, kSpecialTokens + 1}) {
    prefix.push_back(id);
    all_sequences(longest, prefix, out);
    prefix.pop_back();
  }
}

double sum(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

TEST_CASE("searching with a beam of 1 equals a plain argmax loop", "[decoding]") {
  for (const auto type : kDecoderTypes) {
    auto model = tiny_model(type, kVocab);
    const auto sources = random_sentences(9, 8, kVocab);
    const auto found = ids_of(search(*model, search_input(sources), {.beam_size = 1}));
    for (size_t i = 0; i < sources.size(); ++i) REQUIRE(found[i] == greedy_loop(model, sources[i]));
  }
}

TEST_CASE("a beam wide enough finds the best of all sentences", "[decoding]") {
  constexpr int64_t kWords = 2;
  for (const auto type : kDecoderTypes) {
    auto model = tiny_model(type, kSpecialTokens + kWords, /*seed=*/3);
    const Sentences source = {{4, 5, 5, 4}};
    const SearchOptions options{
        .beam_size = 2048, .beam_alpha = 0.8, .max_length_ratio = 0.0, .n_best = 3};
    Sentences all;
    all_sequences(static_cast<size_t>(length_limits(4, options).max), {}, all);
    const auto scores = force_score(*model, pair_batch(Sentences(all.size(), source[0]), all));
    std::vector<std::pair<double, std::vector<int64_t>>> ranked;
    for (size_t i = 0; i < all.size(); ++i) {
      const auto length = static_cast<int64_t>(scores[i].size());
      ranked.emplace_back(sum(scores[i]) / length_penalty(length, options.beam_alpha), all[i]);
    }
    std::sort(ranked.rbegin(), ranked.rend());
    const auto found = search(*model, search_input(source), options)[0];
    for (size_t n = 0; n < found.size(); ++n) {
      REQUIRE(std::vector<int64_t>(found[n].ids.begin(), found[n].ids.end()) == ranked[n].second);
      REQUIRE(found[n].score == Approx(ranked[n].first).margin(1e-5));
    }
  }
}

TEST_CASE("batch size, order and padding change no translation", "[decoding]") {
  for (const auto type : kDecoderTypes) {
    auto model = tiny_model(type, kVocab);
    const SearchOptions options{.beam_size = 4, .coverage_penalty = 0.1};
    const auto sources = random_sentences(16, 9, kVocab);
    const auto alone = ids_of(search_in_batches(model, sources, 1, options));
    REQUIRE(ids_of(search_in_batches(model, sources, 7, options)) == alone);
    REQUIRE(ids_of(search(*model, search_input(sources, /*padding=*/5), options)) == alone);
    const Sentences reversed(sources.rbegin(), sources.rend());
    auto found = ids_of(search(*model, search_input(reversed), options));
    std::reverse(found.begin(), found.end());
    REQUIRE(found == alone);
  }
}

TEST_CASE("the n best are sorted and all different", "[decoding]") {
  auto model = tiny_model(DecoderType::gnmt, kVocab);
  const auto found =
      search(*model, search_input(random_sentences(5, 6, kVocab)), {.beam_size = 6, .n_best = 6});
  for (const auto& best : found) {
    REQUIRE(best.size() == 6);
    std::set<std::vector<int32_t>> different;
    for (size_t n = 0; n < best.size(); ++n) {
      different.insert(best[n].ids);
      if (n > 0) REQUIRE(best[n - 1].score >= best[n].score);
    }
    REQUIRE(different.size() == best.size());
  }
}

TEST_CASE("force-scoring a translation gives the search's own log-probabilities", "[decoding]") {
  for (const auto type : kDecoderTypes) {
    auto model = tiny_model(type, kVocab);
    const auto sources = random_sentences(8, 7, kVocab);
    const auto found = search(*model, search_input(sources), {.beam_size = 3, .n_best = 3});
    for (size_t n = 0; n < 3; ++n) {
      Sentences targets;
      for (const auto& best : found) targets.emplace_back(best[n].ids.begin(), best[n].ids.end());
      const auto scores = force_score(*model, pair_batch(sources, targets));
      for (size_t i = 0; i < sources.size(); ++i) {
        const auto& hypothesis = found[i][n];
        if (hypothesis.token_log_probs.size() == hypothesis.ids.size()) continue;  // cut, no </s>
        REQUIRE(hypothesis.log_prob == Approx(sum(scores[i])).margin(1e-4));
        for (size_t t = 0; t < scores[i].size(); ++t) {
          REQUIRE(hypothesis.token_log_probs[t] == Approx(scores[i][t]).margin(1e-4));
        }
      }
    }
  }
}

TEST_CASE("attention comes with each token, over the real source tokens, and explains coverage",
          "[decoding]") {
  auto model = tiny_model(DecoderType::bahdanau, kVocab);
  const auto sources = random_sentences(6, 9, kVocab);
  auto input = search_input(sources);
  input.with_attention = true;
  const SearchOptions options{.beam_size = 4, .beam_alpha = 0.6, .coverage_penalty = 0.3};
  const auto found = search(*model, input, options);
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto& best = found[i][0];
    const auto length = static_cast<int64_t>(best.token_log_probs.size());
    REQUIRE(best.attention.size() == best.token_log_probs.size());
    auto received = torch::zeros({static_cast<int64_t>(sources[i].size()) + 1});
    for (const auto& row : best.attention) {
      REQUIRE(sum(row) == Approx(1.0).margin(1e-5));
      received += torch::tensor(row);
    }
    const auto coverage = coverage_penalty(received, torch::ones_like(received, torch::kBool), 0.3);
    REQUIRE(
        best.score ==
        Approx(best.log_prob / length_penalty(length, 0.6) + coverage.item<double>()).margin(1e-4));
  }
}

TEST_CASE("vanilla decoders have no attention to give, nor to penalise", "[decoding]") {
  auto model = tiny_model(DecoderType::vanilla, kVocab);
  auto input = search_input({{5, 6, 7}});
  input.with_attention = true;
  const auto found = search(*model, input, {.beam_size = 2, .coverage_penalty = 0.5})[0][0];
  REQUIRE(found.attention.empty());
}

TEST_CASE("lengths stay between their ratios to the source", "[decoding]") {
  auto model = tiny_model(DecoderType::luong, kVocab);
  const SearchOptions options{.beam_size = 3, .min_length_ratio = 1.2, .max_length_ratio = 1.4};
  const auto sources = random_sentences(10, 12, kVocab);
  const auto found = ids_of(search(*model, search_input(sources), options));
  for (size_t i = 0; i < sources.size(); ++i) {
    const auto limits = length_limits(sources[i].size(), options);
    REQUIRE(static_cast<int64_t>(found[i].size()) >= limits.min);
    REQUIRE(static_cast<int64_t>(found[i].size()) <= limits.max);
  }
}

TEST_CASE("no translation repeats a forbidden n-gram", "[decoding]") {
  auto model = tiny_model(DecoderType::gnmt, kVocab);
  const SearchOptions options{.beam_size = 3, .min_length_ratio = 2, .no_repeat_ngram_size = 2};
  for (const auto& ids :
       ids_of(search(*model, search_input(random_sentences(6, 10, kVocab)), options))) {
    std::set<std::pair<int64_t, int64_t>> pairs;
    for (size_t t = 1; t < ids.size(); ++t) REQUIRE(pairs.insert({ids[t - 1], ids[t]}).second);
  }
}

TEST_CASE("a search leaves the model in the mode it was in", "[decoding]") {
  auto model = tiny_model(DecoderType::gnmt, kVocab);
  model->train();
  search(*model, search_input({{5, 6}}), {.beam_size = 2});
  REQUIRE(model->is_training());
}
