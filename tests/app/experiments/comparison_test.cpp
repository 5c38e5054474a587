#include "app/experiments/comparison.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/support/catch.h"

namespace rondo {
namespace {

RunResult result(double best) {
  return {.complete = true,
          .ended = "its duration was over",
          .metric = "bleu",
          .best = best,
          .best_update = 40,
          .updates = 50,
          .seconds = 200,
          .tokens_per_second = 1234.6,
          .parameters = 4'200'000,
          .peak_resident_bytes = 1'440'000'000,
          .reach = 31,
          .carried_reach = NAN,
          .verdict = "healthy"};
}

VariantOutcome outcome(const std::string& name, const std::vector<double>& bests) {
  VariantOutcome made{.variant = {.name = name, .label = name, .settings = {"key=" + name}}};
  for (size_t i = 0; i < bests.size(); ++i) {
    made.runs.push_back({.seed = 42 + i, .folder = "out/" + name, .result = result(bests[i])});
  }
  return made;
}

Comparison comparison(std::vector<VariantOutcome> variants, Metric metric = Metric::bleu) {
  return {.name = "demo", .metric = metric, .variants = std::move(variants)};
}

TEST_CASE("one seed each leaves the difference to chance", "[experiments]") {
  CHECK(conclusion_of(comparison({outcome("lstm", {20.5}), outcome("gru", {21.25})})) ==
        "gru is best: BLEU 21.25, 0.75 above lstm. One seed each: differences under 1.00 BLEU may "
        "be chance (a rule of thumb; several seeds, by --seeds, would measure it).");
}

TEST_CASE("a smaller loss is better", "[experiments]") {
  CHECK_THAT(conclusion_of(comparison({outcome("a", {3.5}), outcome("b", {3.0})}, Metric::loss)),
             ContainsSubstring("b is best: loss 3.000, 0.500 below a. One seed each: differences "
                               "under 0.060 loss may be chance"));
}

// Deviation 0.1 in both, four degrees of freedom: 2.776 * 0.1 * sqrt(2/3) = 0.227.
TEST_CASE("a difference within the spread of seeds is said to be", "[experiments]") {
  CHECK(conclusion_of(
            comparison({outcome("a", {20, 20.1, 20.2}), outcome("b", {20.2, 20.3, 20.4})})) ==
        "b is best: BLEU 20.30 (mean of 3 seeds), 0.20 above a. That is within the spread of "
        "seeds: differences under 0.23 may be chance (95%, from a spread of 0.10 between seeds, 4 "
        "degrees of freedom).");
}

TEST_CASE("a difference beyond the spread of seeds is said to be", "[experiments]") {
  const std::string text =
      conclusion_of(comparison({outcome("a", {20, 20.1, 20.2}), outcome("b", {20.3, 20.4, 20.5})}));
  CHECK_THAT(text, ContainsSubstring("0.30 above a. That is more than the spread of seeds"));
  CHECK_THAT(text, !ContainsSubstring("picked by looking"));
  const std::string three =
      conclusion_of(comparison({outcome("a", {20, 20.1, 20.2}), outcome("b", {22.3, 22.4, 22.5}),
                                outcome("c", {19, 19.1, 19.2})}));
  CHECK_THAT(three, ContainsSubstring("The best of 3 was picked by looking"));
}

TEST_CASE("equal, single and missing results are said as they are", "[experiments]") {
  CHECK_THAT(conclusion_of(comparison({outcome("a", {20}), outcome("b", {20})})),
             ContainsSubstring("a and b are equal: BLEU 20.00."));
  CHECK(conclusion_of(comparison({outcome("a", {20}), outcome("b", {NAN})})) ==
        "a: BLEU 20.00; nothing else is complete.");
  CHECK(conclusion_of(comparison({outcome("a", {19, 21})})) ==
        "a: BLEU 20.00 (mean of 2 seeds), with a spread of 1.41 between seeds.");
  CHECK_THAT(conclusion_of(comparison({outcome("a", {})})), ContainsSubstring("nothing can be"));
}

TEST_CASE("a run that was stopped on the way counts for nothing", "[experiments]") {
  Comparison all = comparison({outcome("a", {20, 30})});
  all.variants[0].runs[1].result->complete = false;
  CHECK(quality_of(all.variants[0]).mean == 20);
  CHECK_THAT(text_table(rows_of(all)), ContainsSubstring("  1 of 2\n"));
}

TEST_CASE("the worst verdict of a variant's seeds stands", "[experiments]") {
  VariantOutcome three = outcome("a", {1, 2, 3});
  CHECK(verdict_of(three) == "healthy");
  three.runs[1].result->verdict = "vanishing";
  CHECK(verdict_of(three) == "vanishing");
  three.runs[2].result->verdict = "exploding";
  CHECK(verdict_of(three) == "exploding");
  for (VariantRun& run : three.runs) run.result->verdict = "";
  CHECK(verdict_of(three) == "-");
}

TEST_CASE("the table has the best first and dashes for what was not measured", "[experiments]") {
  Comparison all = comparison({outcome("lstm", {20.5}), outcome("gru", {21.25})});
  all.variants.push_back(outcome("rnn", {NAN}));
  all.variants.back().runs[0] = {.seed = 42, .error = "killed"};
  CHECK(text_table(rows_of(all)) ==
        "variant   BLEU  tokens/s   time  updates  parameters  memory  reach  carried  gradients"
        "     state\n"
        "gru      21.25      1235  3m20s       50        4.2M  1.4 GB     31        -    healthy"
        "  complete\n"
        "lstm     20.50      1235  3m20s       50        4.2M  1.4 GB     31        -    healthy"
        "  complete\n"
        "rnn          -         -      -        -           -       -      -        -          -"
        "    failed\n");
}

TEST_CASE("several seeds show their mean and deviation", "[experiments]") {
  const auto rows = rows_of(comparison({outcome("a", {19, 21})}));
  CHECK(rows[1][1] == "20.00 ± 1.41");
}

TEST_CASE("the file of tab-separated values has a line a run and no broken cell", "[experiments]") {
  Comparison all = comparison({outcome("a", {19.123456, 21})});
  all.variants[0].runs[1].error = "one\ttwo\nthree";
  const std::string tsv = to_tsv(all);
  CHECK(std::count(tsv.begin(), tsv.end(), '\n') == 3);
  CHECK_THAT(tsv, ContainsSubstring("a\t42\tcomplete\t19.123456\t40\t50\t"));
  CHECK_THAT(tsv, ContainsSubstring("\tone two three\n"));
}

TEST_CASE("the JSON file holds the conclusion and every run's result", "[experiments]") {
  const Comparison all = comparison({outcome("a", {19, 21}), outcome("b", {NAN})});
  const auto json = nlohmann::json::parse(to_json(all));
  CHECK(json.at("conclusion") == conclusion_of(all));
  CHECK(json.at("variants").at(0).at("mean") == 20);
  CHECK(json.at("variants").at(0).at("runs").at(1).at("result").at("best") == 21);
  CHECK(json.at("variants").at(1).at("mean").is_null());
}

}  // namespace
}  // namespace rondo
