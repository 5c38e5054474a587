// What int8 weights do to answers; the kernels are tested in tests/models.
#include "app/decoding/pair_scorer.h"
#include "app/decoding/ready_model.h"
#include "app/decoding/sentiment_scorer.h"
#include "app/decoding/translator.h"
#include "app/errors.h"
#include "app/machine/precision.h"
#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/app/decoding/tiny_classifier.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

const std::vector<std::string> kTexts = {"ab cab", "a", "", "cc b, a.", "abc abc abc"};

std::shared_ptr<TranslationModel> letters(DecoderType type = DecoderType::gnmt) {
  auto model = std::make_shared<TranslationModel>();
  model->source_tokenizer = std::make_shared<LetterTokenizer>();
  model->target_tokenizer = model->source_tokenizer;
  model->network = tiny_model(type, model->source_tokenizer->size());
  return model;
}

}  // namespace

TEST_CASE("int8 finds translations, with scores near those of fp32", "[decoding]") {
  for (const DecoderType type : kDecoderTypes) {
    const auto expected = PairScorer(letters(type), {}).score(kTexts, kTexts);
    const auto found =
        PairScorer(letters(type), {.precision = Precision::int8}).score(kTexts, kTexts);
    bool differs = false;
    for (size_t i = 0; i < kTexts.size(); ++i) {
      REQUIRE(found[i].log_prob == Approx(expected[i].log_prob).epsilon(0.05).margin(0.5));
      differs = differs || found[i].log_prob != expected[i].log_prob;
    }
    REQUIRE(differs);
    Translator translator(letters(type), {.precision = Precision::int8});
    REQUIRE(translator.translate(kTexts).size() == kTexts.size());
  }
}

TEST_CASE("int8 classifies nearly as fp32 does", "[decoding]") {
  const auto exact = SentimentScorer(tiny_classifier(), {}).score(kTexts);
  const auto rough =
      SentimentScorer(tiny_classifier(), {.precision = Precision::int8}).score(kTexts);
  for (size_t i = 0; i < exact.size(); ++i) {
    for (size_t k = 0; k < 3; ++k) {
      REQUIRE(rough[i].probabilities[k] == Approx(exact[i].probabilities[k]).margin(0.1));
    }
    REQUIRE(rough[i].probabilities != exact[i].probabilities);
  }
}

TEST_CASE("an int8 classifier explains its answers by any method", "[decoding]") {
  SentimentScorer scorer(tiny_classifier(), {.precision = Precision::int8});
  for (const auto method : {ExplainMethod::gradient, ExplainMethod::attention}) {
    REQUIRE(scorer.explain(kTexts, method).size() == kTexts.size());
  }
}

TEST_CASE("int8 takes the CPU, and no GPU", "[decoding]") {
  CHECK(pick_device(DeviceChoice::automatic, Precision::int8).is_cpu());
  CHECK(pick_device(DeviceChoice::cpu, Precision::int8).is_cpu());
  CHECK(uses_int8(Precision::int8, at::kCPU));
  CHECK_FALSE(uses_int8(Precision::automatic, at::kCPU));
  CHECK_FALSE(uses_int8(Precision::bf16, at::kCUDA));
  CHECK_FALSE(uses_bf16(Precision::int8, at::kCPU));
  const auto message =
      message_of<ConfigError>([] { pick_device(DeviceChoice::cuda, Precision::int8); });
  CHECK_THAT(message, ContainsSubstring("int8 runs on the CPU only"));
}

}  // namespace rondo
