// An exported translator beside the Translator.
#include "app/decoding/translator.h"

#include "app/decoding/pair_scorer.h"
#include "app/decoding/word_alignment.h"
#include "app/export/export_model.h"
#include "tests/app/export/script_calls.h"
#include "tests/app/export/small_programs.h"
#include "tests/support/errors.h"

using namespace rondo;

namespace {

torch::jit::Module exported(const TranslationModel& model) {
  return reloaded(script_translator(model, ScriptPrecision::fp32));
}

void require_same_ranks(const std::vector<Answer>& found,
                        const std::vector<Translation>& expected) {
  REQUIRE(found.size() == expected.size());
  for (size_t rank = 0; rank < found.size(); ++rank) {
    REQUIRE(found[rank].text == expected[rank].text);
    REQUIRE(found[rank].score == Approx(expected[rank].score).margin(1e-4));
  }
}

// The n best of every odd line, from the model and from what was exported of it.
void require_same_answers(const TestingOptions& testing, DecoderType type = DecoderType::gnmt) {
  const auto model = random_translator(type, testing);
  const Translator translator(model, {.testing = testing});
  const auto expected = translator.translate(kOddLines);
  auto program = exported(*model);
  const auto found = call(program, "translate_n_best",
                          {string_list(kOddLines), c10::IValue(), testing.search.n_best});
  REQUIRE(found.toListRef().size() == kOddLines.size());
  for (size_t line = 0; line < kOddLines.size(); ++line) {
    INFO("line " << line);
    require_same_ranks(answers_of(found.toListRef()[line]), expected[line]);
  }
}

std::string script_refusal(torch::jit::Module& program, const std::string& method,
                           std::vector<c10::IValue> inputs) {
  return message_of<std::exception>([&] { call(program, method, inputs); });
}

}  // namespace

TEST_CASE("an exported translator answers as the Translator, whatever the decoder", "[export]") {
  const auto type =
      GENERATE(DecoderType::gnmt, DecoderType::luong, DecoderType::bahdanau, DecoderType::vanilla);
  require_same_answers({.search = {.beam_size = 3}}, type);
}

TEST_CASE("an exported translator answers as the Translator, whatever the search", "[export]") {
  require_same_answers({.search = {.beam_size = 1}});
  require_same_answers({.search = {.beam_size = 5, .n_best = 5}});
  require_same_answers({.search = {.beam_size = 4, .beam_alpha = 0, .n_best = 2}});
  require_same_answers({.search = {.beam_size = 3, .coverage_penalty = 0.5, .n_best = 3}});
  require_same_answers({.search = {.coverage_penalty = 0.5}}, DecoderType::vanilla);
  require_same_answers({.search = {.beam_size = 3, .min_length_ratio = 1.5}});
  require_same_answers({.search = {.beam_size = 2, .max_length_ratio = 0.0, .n_best = 2}});
  require_same_answers({.search = {.beam_size = 3, .no_repeat_ngram_size = 2}});
  require_same_answers({.search = {.beam_size = 40, .n_best = 40, .generate_unk = true}});
}

TEST_CASE("an exported translator splits, crops and batches as the Translator", "[export]") {
  require_same_answers({.search = {.beam_size = 2, .n_best = 2}, .max_input_length = 6});
  require_same_answers({.search = {.beam_size = 2}, .max_input_length = 1});
  require_same_answers({.max_input_length = 6, .crop_long_input = true});
  require_same_answers({.search = {.beam_size = 3}, .batch_size = 2});
}

TEST_CASE("an exported translator translates as many lines as it gets, none too", "[export]") {
  auto program = exported(*random_translator());
  const auto found = strings_of(call(program, "translate", {string_list(kOddLines)}));
  REQUIRE(found.size() == kOddLines.size());
  REQUIRE(found[1].empty());
  REQUIRE(found[0] == found[9]);
  REQUIRE(strings_of(call(program, "translate", {string_list({})})).empty());
  REQUIRE(strings_of(call(program, "translate", {string_list({""}), 1})).front().empty());
}

TEST_CASE("an exported translator aligns words as rondo translate --alignments", "[export]") {
  const auto type = GENERATE(DecoderType::gnmt, DecoderType::vanilla);
  const TestingOptions testing{.search = {.beam_size = 2}, .max_input_length = 6};
  const auto model = random_translator(type, testing);
  const Translator translator(model, {.testing = testing, .with_attention = true});
  auto program = exported(*model);
  const auto found = call(program, "align", {string_list(kOddLines)});
  const auto expected = translator.translate(kOddLines);
  for (size_t line = 0; line < kOddLines.size(); ++line) {
    INFO("line " << line);
    const Translation& best = expected[line].front();
    const auto& pair = found.toListRef()[line].toTupleRef().elements();
    REQUIRE(pair[0].toStringRef() == best.text);
    REQUIRE(pair[1].toStringRef() ==
            to_moses(align_words(best.source_pieces, best.target_pieces, best.attention)));
    if (type == DecoderType::vanilla) REQUIRE(pair[1].toStringRef().empty());
  }
}

TEST_CASE("an exported translator scores pairs as the PairScorer", "[export]") {
  const auto model = random_translator();
  PairScorer scorer(model, {});
  auto program = exported(*model);
  const std::vector<std::string> targets(kOddLines.rbegin(), kOddLines.rend());
  const auto expected = scorer.score(kOddLines, targets);
  const auto found =
      call(program, "score", {string_list(kOddLines), string_list(targets)}).toDoubleVector();
  REQUIRE(found.size() == expected.size());
  for (size_t i = 0; i < found.size(); ++i) {
    REQUIRE(found[i] == Approx(expected[i].log_prob).margin(1e-3));
  }
}

TEST_CASE("the tensor methods of an exported translator step through its sentence", "[export]") {
  auto program = exported(*random_translator());
  const auto tokens = torch::tensor({{5}, {6}, {3}}), lengths = torch::tensor({3});
  const auto searched = call(program, "beam_search", {tokens, lengths, 1});
  const auto& best = searched.toListRef().front().toListRef().front().toTupleRef().elements();
  const auto ids = best[0].toIntVector();
  REQUIRE(!ids.empty());
  const auto started = call(program, "encode", {tokens, lengths}).toTuple();
  const auto result =
      call(program, "step", {torch::tensor({2}), started->elements()[0], started->elements()[1]});
  auto logits = result.toTupleRef().elements()[0].toTensor();
  REQUIRE_FALSE(logits.requires_grad());
  const auto forced = program.forward({tokens, lengths, torch::tensor({{2}})}).toTensor();
  REQUIRE((forced[0] - logits).abs().max().item<float>() < 1e-5);
  logits = logits.narrow(1, 4, logits.size(1) - 4);  // special tokens are not put out
  REQUIRE(logits.argmax().item<int64_t>() + 4 == ids[0]);
}

TEST_CASE("an exported translator says what is wrong with its arguments", "[export]") {
  auto program = exported(*random_translator());
  const auto line = string_list({"the cat"});
  const auto holds = [](const std::string& text) { return ContainsSubstring(text); };
  REQUIRE_THAT(script_refusal(program, "translate", {line, 0}),
               holds("beam_size must be at least 1, but is 0"));
  REQUIRE_THAT(script_refusal(program, "translate_n_best", {line, 2, 3}),
               holds("n_best is 3, more than beam_size, 2"));
  REQUIRE_THAT(script_refusal(program, "score", {line, string_list({})}),
               holds("as many targets as sources are needed"));
  REQUIRE_THAT(script_refusal(program, "encode", {torch::tensor({5, 3}), torch::tensor({2})}),
               holds("tokens must be [time, batch]"));
  REQUIRE_THAT(script_refusal(program, "beam_search", {torch::tensor({5, 3}), torch::tensor({2})}),
               holds("tokens must be [time, batch]"));
  REQUIRE_THAT(
      script_refusal(program, "beam_search", {torch::tensor({{5}, {3}}), torch::tensor({3})}),
      holds("each length must be in [1, time]"));
}
