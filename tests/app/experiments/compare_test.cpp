#include "app/experiments/compare.h"

#include <sstream>

#include "app/errors.h"
#include "tests/app/experiments/fake_training.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

using Texts = std::vector<std::string>;

CompareRequest request(const FakeTraining& fake, const std::string& rates) {
  const Texts vary{"training.learning_rate=" + rates};
  return {.base = {.program = fake.program().string(), .config = fake.config()},
          .variations = parse_variations(vary),
          .folder = fake.output()};
}

struct Outcome {
  Comparison comparison{};
  std::string said{};
};

Outcome run(const CompareRequest& request) {
  std::ostringstream messages;
  Comparison comparison = run_comparison(request, plan_comparison(request), messages);
  return {std::move(comparison), messages.str()};
}

TEST_CASE("every variant is trained, and the best is told", "[experiments]") {
  const FakeTraining fake;
  const Outcome done = run(request(fake, "0.01,0.02"));
  CHECK_THAT(conclusion_of(done.comparison),
             ContainsSubstring("learning_rate=0.02 is best: BLEU 20.00, 10.00 above"));
  CHECK(done.said ==
        "learning_rate=0.01: begins\nlearning_rate=0.01: done: BLEU 10.00\n"
        "learning_rate=0.02: begins\nlearning_rate=0.02: done: BLEU 20.00\n");
  for (const char* file : {"compare.html", "compare.tsv", "compare.json"}) {
    CHECK(std::filesystem::exists(fake.output() / file));
  }
}

TEST_CASE("a second call trains only what is not complete", "[experiments]") {
  const FakeTraining fake;
  run(request(fake, "0.01"));
  const Outcome again = run(request(fake, "0.01,0.02"));
  CHECK_THAT(again.said, ContainsSubstring("learning_rate=0.01: complete already"));
  CHECK(fake.calls("learning_rate=0.01") == 1);
  CHECK(fake.calls("learning_rate=0.02") == 1);
  CHECK(quality_of(again.comparison.variants[0]).mean == 10);
}

TEST_CASE("a variant that fails is told, and the others go on", "[experiments]") {
  const FakeTraining fake;
  CompareRequest three = request(fake, "0.5,0.25,0.125,0.01");
  three.workers = 2;
  const Outcome done = run(three);
  const auto& variants = done.comparison.variants;
  CHECK(variants[0].runs[0].error == "the loss is not finite");
  CHECK_THAT(variants[1].runs[0].error, ContainsSubstring("killed by a signal"));
  CHECK_THAT(variants[2].runs[0].error, ContainsSubstring("without a result.json"));
  CHECK(quality_of(variants[3]).mean == 10);
  CHECK_THAT(done.said, ContainsSubstring("learning_rate=0.5: failed: the loss is not finite"));
}

TEST_CASE("a failed variant is tried again by the next call", "[experiments]") {
  const FakeTraining fake;
  run(request(fake, "0.5"));
  std::ofstream(fake.output() / "learning_rate=0.5" / "healed");
  CHECK(quality_of(run(request(fake, "0.5")).comparison.variants[0]).mean == 500);
}

TEST_CASE("seeds follow on from the configuration's, the first in the variant's own folder",
          "[experiments]") {
  const FakeTraining fake;
  CompareRequest seeds = request(fake, "0.01,0.02");
  seeds.seeds = 2;
  const ComparePlan plan = plan_comparison(seeds);
  REQUIRE(plan.plans.size() == 4);
  CHECK(plan.plans[0].folder == fake.output() / "learning_rate=0.01");
  CHECK(plan.plans[1].folder == fake.output() / "learning_rate=0.01.seed43");
  CHECK(plan.experiments[1].training.random_seed == 43);
  const Outcome done = run(seeds);
  CHECK(quality_of(done.comparison.variants[1]).count == 2);
  // The first seed of every variant comes before the second of any.
  CHECK(done.said.find("0.02: begins") < done.said.find("0.01.seed43: begins"));
}

TEST_CASE("every variant is checked before anything starts", "[experiments]") {
  const FakeTraining fake;
  CHECK_THAT(message_of<ConfigError>([&] { plan_comparison(request(fake, "0.1,-1")); }),
             ContainsSubstring("training.learning_rate"));
  CHECK_FALSE(std::filesystem::exists(fake.output()));
}

TEST_CASE("variants with different measures of quality are refused", "[experiments]") {
  const FakeTraining fake;
  CompareRequest metrics = request(fake, "0.1");
  metrics.variations = parse_variations(Texts{"training.early_stopping_metric=bleu,loss"});
  CHECK_THAT(message_of<ConfigError>([&] { plan_comparison(metrics); }),
             ContainsSubstring("the same training.early_stopping_metric"));
  CompareRequest seeds = request(fake, "0.1");
  seeds.variations = parse_variations(Texts{"training.random_seed=1,2"});
  seeds.seeds = 2;
  CHECK_THAT(message_of<ConfigError>([&] { plan_comparison(seeds); }),
             ContainsSubstring("--seeds varies it"));
}

TEST_CASE("a request to stop says how to go on", "[experiments]") {
  const FakeTraining fake;
  CompareRequest stopped = request(fake, "0.1");
  stopped.stop_requested = [] { return true; };
  CHECK_THAT(message_of<Interrupted>([&] { run(stopped); }),
             ContainsSubstring("give the same command to go on"));
  CHECK(fake.calls("learning_rate=0.1") == 0);
}

TEST_CASE("a comparison lies beside the run of its experiment", "[experiments]") {
  const FakeTraining fake;
  CompareRequest elsewhere = request(fake, "0.1");
  elsewhere.folder.clear();
  CHECK(plan_comparison(elsewhere).folder == "runs/demo-compare");
}

TEST_CASE("a plan names each training and those that are complete", "[experiments]") {
  const FakeTraining fake;
  run(request(fake, "0.01"));
  const std::string text = describe(plan_comparison(request(fake, "0.01,0.02")));
  CHECK_THAT(text, ContainsSubstring("2 variants x 1 seed = 2 trainings of at most 9e\n"));
  CHECK_THAT(text, ContainsSubstring("learning_rate=0.01  complete already\n"));
  CHECK_THAT(text, ContainsSubstring("learning_rate=0.02\n"));
}

}  // namespace
}  // namespace rondo
