// Several networks that translate and score together.
#include <numeric>

#include "app/decoding/pair_scorer.h"
#include "app/decoding/search.h"
#include "app/decoding/translator.h"
#include "app/errors.h"
#include "app/storage/model_file.h"
#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"

using namespace rondo;

namespace {

using MemberModels = std::vector<std::shared_ptr<TranslationModel>>;

constexpr int64_t kTogetherVocab = 30;

// Another spelling of one piece.
class OtherLetters : public LetterTokenizer {
 public:
  std::string piece(int32_t id) const override {
    return id == kSpecialTokens + 1 ? "x" : LetterTokenizer::piece(id);
  }
};

std::shared_ptr<TranslationModel> letter_member(DecoderType type, uint64_t seed) {
  auto model = std::make_shared<TranslationModel>();
  model->source_tokenizer = std::make_shared<LetterTokenizer>();
  model->target_tokenizer = model->source_tokenizer;
  model->network = tiny_model(type, model->source_tokenizer->size(), seed);
  return model;
}

MemberModels different_models() {
  return {letter_member(DecoderType::gnmt, 1), letter_member(DecoderType::vanilla, 2),
          letter_member(DecoderType::bahdanau, 3)};
}

std::vector<std::vector<Hypothesis>> search_together(std::vector<Seq2Seq> models,
                                                     const Sentences& sources,
                                                     const EnsembleOptions& ensemble = {}) {
  std::vector<Seq2SeqImpl*> networks;
  for (auto& model : models) networks.push_back(model.get());
  auto input = search_input(sources);
  input.with_attention = true;
  return search(networks, input, {.beam_size = 4, .coverage_penalty = 0.1, .n_best = 2}, ensemble);
}

const std::vector<std::string> kTogetherLines = {"ab cab",   "a",           "",
                                                 "cc b, a.", "abc abc abc", "c a"};

}  // namespace

TEST_CASE("a network beside itself translates as it does alone", "[decoding]") {
  const EnsembleOptions ensemble{.combine = GENERATE(Combination::mean, Combination::log)};
  const auto sources = random_sentences(8, 7, kTogetherVocab);
  for (const auto type : kDecoderTypes) {
    auto model = tiny_model(type, kTogetherVocab);
    const auto alone = search_together({model}, sources);
    const auto together = search_together({model, model, model}, sources, ensemble);
    for (size_t i = 0; i < alone.size(); ++i) {
      REQUIRE(together[i].size() == alone[i].size());
      for (size_t n = 0; n < alone[i].size(); ++n) {
        REQUIRE(together[i][n].ids == alone[i][n].ids);
        REQUIRE(together[i][n].score == Approx(alone[i][n].score).margin(1e-4));
        REQUIRE(together[i][n].attention.size() == alone[i][n].attention.size());
      }
    }
  }
}

TEST_CASE("a member of little weight changes no translation, one of much takes over",
          "[decoding]") {
  auto one = tiny_model(DecoderType::gnmt, kTogetherVocab, 1),
       other = tiny_model(DecoderType::luong, kTogetherVocab, 2);
  const auto sources = random_sentences(6, 7, kTogetherVocab);
  const auto ids = [&](const std::vector<Seq2Seq>& models, const std::vector<double>& weights) {
    Sentences all;
    for (const auto& best : search_together(models, sources, {.weights = weights})) {
      all.emplace_back(best[0].ids.begin(), best[0].ids.end());
    }
    return all;
  };
  REQUIRE(ids({one, other}, {1, 1e-6}) == ids({one}, {}));
  REQUIRE(ids({one, other}, {1e-6, 1}) == ids({other}, {}));
  REQUIRE(ids({one}, {}) != ids({other}, {}));
}

TEST_CASE("an ensemble leaves its networks in the mode they were in", "[decoding]") {
  auto training = tiny_model(DecoderType::gnmt, kTogetherVocab),
       evaluated = tiny_model(DecoderType::luong, kTogetherVocab);
  training->train();
  evaluated->eval();
  search_together({training, evaluated}, {{5, 6}});
  REQUIRE(training->is_training());
  REQUIRE_FALSE(evaluated->is_training());
}

TEST_CASE("models of different decoders translate lines together, in any batches", "[decoding]") {
  const auto translated = [](int64_t batch_size) {
    const TestingOptions testing{.search = {.beam_size = 3, .n_best = 2}, .batch_size = batch_size};
    Translator translator(different_models(), {.testing = testing, .with_attention = true});
    return translator.translate(kTogetherLines);
  };
  const auto expected = translated(64), found = translated(2);
  REQUIRE(expected.size() == kTogetherLines.size());
  for (size_t i = 0; i < expected.size(); ++i) {
    REQUIRE(found[i].front().text == expected[i].front().text);
    for (const auto& best : expected[i]) {
      REQUIRE(best.attention.size() == best.target_pieces.size());
      for (const auto& row : best.attention) {
        REQUIRE(std::accumulate(row.begin(), row.end(), 0.0) == Approx(1).margin(1e-5));
      }
    }
  }
}

TEST_CASE("a pair scorer of several models agrees with their translator", "[decoding]") {
  const auto models = different_models();
  const std::vector<double> weights = {0.5, 0.3, 0.2};
  Translator translator(models, {.testing = TestingOptions{.search = {.beam_size = 4}},
                                 .ensemble = {.weights = weights}});
  PairScorer scorer(models, {.batch_size = 2, .weights = weights});
  int compared = 0;
  const auto translations = translator.translate(kTogetherLines);
  for (size_t i = 0; i < kTogetherLines.size(); ++i) {
    const auto& best = translations[i].front();
    const auto scored = scorer.score(std::vector<std::string>{kTogetherLines[i]},
                                     std::vector<std::string>{best.text});
    if (scored[0].target_pieces != best.target_pieces) continue;  // cut, or spelled otherwise
    REQUIRE(scored[0].log_prob == Approx(best.log_prob).margin(1e-4));
    ++compared;
  }
  REQUIRE(compared > 0);
}

TEST_CASE("models of other vocabularies are refused, with the first piece that differs",
          "[decoding]") {
  MemberModels models = {letter_member(DecoderType::gnmt, 1), letter_member(DecoderType::gnmt, 2)};
  const auto message = [&] {
    return message_of<DataError>([&] { Translator(models, TranslatorOptions{}); });
  };
  models[1]->target_tokenizer = std::make_shared<OtherLetters>();
  REQUIRE(message() ==
          "model 2: cannot work together with model 1: its target vocabulary differs from piece 5 "
          "on: 'x', in model 1 'b'");
  models[1]->source_tokenizer = models[1]->target_tokenizer;
  models[1]->target_tokenizer = models[0]->target_tokenizer;
  REQUIRE_THAT(message(), ContainsSubstring("its source vocabulary differs from piece 5"));
  models[1] = letter_member(DecoderType::gnmt, 2);
  REQUIRE_THROWS_AS(Translator(models, TranslatorOptions{.ensemble = {.weights = {1, 2, 3}}}),
                    ConfigError);
}
