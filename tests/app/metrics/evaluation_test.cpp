#include "app/metrics/evaluation.h"

#include <nlohmann/json.hpp>

#include "app/errors.h"
#include "app/metrics/report.h"
#include "tests/support/catch.h"

using namespace rondo;
using Catch::Matchers::Contains;

namespace {

const std::vector<std::string> kReferences{"a b c d e", "f g h i j", "k l m n o"};
const SystemOutput kGood{"good", {"a b c d e", "f g h i j", "k l m n x"}};
const SystemOutput kBad{"bad", {"a b x x x", "f x x i", "k l m"}};

Metrics metrics_named(std::initializer_list<const char*> names) {
  Metrics metrics;
  for (const char* name : names) metrics.push_back(make_metric(name, {}));
  return metrics;
}

}  // namespace

TEST_CASE("one system is reported as sacreBLEU's text format", "[metrics]") {
  const auto results =
      evaluate_systems(std::vector{kGood}, kReferences, metrics_named({"bleu", "ter"}), {});
  CHECK(text_report(results, 2) ==
        "BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:rondo-0.1.0 = 89.22 "
        "93.3/91.7/88.9/83.3 (BP = 1.000 ratio = 1.000 hyp_len = 15 ref_len = 15)\n"
        "TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:rondo-0.1.0 = 6.67\n");
}

TEST_CASE("several systems are compared in a table with the baseline first", "[metrics]") {
  const auto results = evaluate_systems(std::vector{kGood, kBad}, kReferences,
                                        metrics_named({"chrf"}), BootstrapOptions{.samples = 50});
  const std::string report = text_report(results, 1);
  CHECK_THAT(report, Contains("System          chrF2\n"));
  CHECK_THAT(report, Contains("\nBaseline: good  ") && Contains("\nbad             "));
  CHECK_THAT(report, Contains("(p = 0.0196)*") && Contains("bs:50|seed:12345"));
}

TEST_CASE("the JSON report holds scores in full and their parts", "[metrics]") {
  const auto results =
      evaluate_systems(std::vector{kGood, kBad}, kReferences, metrics_named({"bleu", "chrf++"}),
                       BootstrapOptions{.samples = 50});
  const auto json = nlohmann::json::parse(json_report(results));
  CHECK(json["systems"][1]["system"] == "bad");
  const auto& bleu = json["systems"][0]["metrics"][0];
  CHECK(bleu["score"] == results[0].metrics[0].score);
  CHECK(bleu["hypothesis_length"] == 15);
  CHECK(bleu.contains("confidence_mean"));
  CHECK_FALSE(bleu.contains("p_value"));
  CHECK(json["systems"][1]["metrics"][1]["name"] == "chrF2++");
  CHECK(json["systems"][1]["metrics"][1].contains("p_value"));
}

TEST_CASE("a file name of any bytes leaves the JSON valid", "[metrics]") {
  const SystemOutput odd{"\xff.txt", kGood.lines};
  const auto results = evaluate_systems(std::vector{odd}, kReferences, metrics_named({"bleu"}), {});
  CHECK(nlohmann::json::parse(json_report(results))["systems"][0]["system"] == "\ufffd.txt");
}

TEST_CASE("sentence scores are a line each", "[metrics]") {
  const Metrics metrics = metrics_named({"chrf", "ter"});
  const auto scores = evaluate_sentences(kGood, kReferences, metrics);
  CHECK(sentence_text(scores, 1) == "100.0\t0.0\n100.0\t0.0\n54.3\t20.0\n");
  CHECK_THAT(sentence_json(scores, metrics), Contains(R"({"line":2,"chrF2":100.0,"TER":0.0})"
                                                      "\n"));
}

TEST_CASE("errors name the system", "[metrics]") {
  const auto evaluate = [](SystemOutput system) {
    evaluate_systems(std::vector{system}, kReferences, metrics_named({"bleu"}), {});
  };
  CHECK_THROWS_WITH(evaluate({"a.txt", {"x"}}), Contains("a.txt") && Contains("has 3"));
  CHECK_THROWS_WITH(evaluate({"none.txt", {}}), Contains("none.txt: no line"));
  CHECK_THROWS_AS(make_metric("blue", {}), ConfigError);
}
