#include "app/metrics/bleu.h"
#include "app/metrics/chrf.h"
#include "app/metrics/ter.h"
#include "app/metrics/unicode_text.h"
#include "tests/app/metrics/metrics_reference.h"
#include "tests/support/catch.h"

using namespace rondo;
using nlohmann::json;

namespace {

constexpr double kTolerance = 1e-6;

struct Text {
  std::string name;
  Lines hypotheses;
  std::vector<Lines> references;
};

Text text_of(const json& one) {
  return {one["name"], one["hypotheses"].get<Lines>(), one["references"].get<std::vector<Lines>>()};
}

BleuOptions bleu_options(const json& row) {
  BleuOptions options{.tokenizer = tokenizer_by_name(row[0].get<std::string>()),
                      .lowercase = row[1],
                      .smoothing = smoothing_by_name(row[2].get<std::string>()),
                      .effective_order = row[4]};
  if (!row[3].is_null()) options.smoothing_value = row[3].get<double>();
  return options;
}

ChrfOptions chrf_options(const json& row) {
  return {row[0], row[1], row[2], row[3], row[4], row[5]};
}

TerOptions ter_options(const json& row) { return {row[0], row[1], row[2], row[3]}; }

// Calls check(text, row of options, sacreBLEU's score) for each row of each text.
template <typename Check>
void for_each_row(const char* metric, Check check) {
  for (const json& one : metrics_reference()["cases"]) {
    const Text text = text_of(one);
    for (const json& row : one[metric]) {
      INFO(text.name << ' ' << row.dump());
      check(text, row, row.back().get<double>());
    }
  }
}

}  // namespace

TEST_CASE("BLEU is sacreBLEU's for every tokenizer, case and smoothing", "[metrics]") {
  for_each_row("bleu", [](const Text& text, const json& row, double expected) {
    const auto bleu = corpus_bleu(text.hypotheses, text.references, bleu_options(row));
    CHECK(bleu.score == Approx(expected).margin(kTolerance).epsilon(0));
  });
}

TEST_CASE("chrF and chrF++ are sacreBLEU's for every option", "[metrics]") {
  for_each_row("chrf", [](const Text& text, const json& row, double expected) {
    const auto chrf = corpus_chrf(text.hypotheses, text.references, chrf_options(row));
    CHECK(chrf.score == Approx(expected).margin(kTolerance).epsilon(0));
  });
}

TEST_CASE("TER is sacreBLEU's for every option, on long lines too", "[metrics]") {
  for_each_row("ter", [](const Text& text, const json& row, double expected) {
    const auto ter = corpus_ter(text.hypotheses, text.references, ter_options(row));
    CHECK(ter.score == Approx(expected).margin(kTolerance).epsilon(0));
  });
}

TEST_CASE("each sentence's BLEU, chrF++ and TER are sacreBLEU's", "[metrics]") {
  for (const json& one : metrics_reference()["cases"]) {
    const Text text = text_of(one);
    const References references(text.references);
    for (size_t i = 0; i < text.hypotheses.size(); ++i) {
      INFO(text.name << " line " << i + 1);
      const auto& line = text.hypotheses[i];
      const auto of_line = references.of_line(i);
      const auto close = [](const json& x) {
        return Approx(x.get<double>()).margin(kTolerance).epsilon(0);
      };
      CHECK(sentence_bleu(line, of_line).score == close(one["sentence_bleu"][i]));
      const auto chrf = chrf_statistics(line, of_line, kChrfPlusPlus);
      CHECK(chrf_score(chrf, kChrfPlusPlus).score == close(one["sentence_chrf"][i]));
      CHECK(ter_score(ter_statistics(line, of_line)).score == close(one["sentence_ter"][i]));
    }
  }
}
