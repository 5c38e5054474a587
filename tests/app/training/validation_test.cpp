#include "app/training/validation.h"

#include <cmath>

#include "tests/support/catch.h"

using rondo::Metric;
using rondo::StoppingRule;

TEST_CASE("smaller is better for loss and perplexity, larger for BLEU and chrF", "[training]") {
  CHECK(rondo::is_better(Metric::loss, 1.0, 2.0));
  CHECK(rondo::is_better(Metric::ppl, 1.0, 2.0));
  CHECK(rondo::is_better(Metric::bleu, 2.0, 1.0));
  CHECK(rondo::is_better(Metric::chrf, 2.0, 1.0));
  CHECK_FALSE(rondo::is_better(Metric::bleu, 2.0, 2.0));
  CHECK(rondo::is_better(Metric::rmse, 1.0, 2.0));
  CHECK(rondo::is_better(Metric::accuracy, 2.0, 1.0));
}

TEST_CASE("a score that is not a number is never the best", "[training]") {
  CHECK_FALSE(rondo::is_better(Metric::loss, NAN, 2.0));
  CHECK_FALSE(rondo::is_better(Metric::loss, NAN, NAN));
  CHECK(rondo::is_better(Metric::loss, 2.0, NAN));
}

TEST_CASE("training stops after patience validations without a new best", "[training]") {
  StoppingRule rule;
  CHECK(rule.observe(Metric::bleu, 10, 100));
  CHECK_FALSE(rule.observe(Metric::bleu, 9, 200));
  CHECK(rule.observe(Metric::bleu, 11, 300));
  CHECK_FALSE(rule.observe(Metric::bleu, 11, 400));
  CHECK_FALSE(rule.exhausted(2));
  CHECK_FALSE(rule.observe(Metric::bleu, NAN, 500));
  CHECK(rule.exhausted(2));
  CHECK_FALSE(rule.exhausted(0));
  CHECK(rule.best == 11);
  CHECK(rule.best_update == 300);
}

TEST_CASE("the metric that training watches is the one asked for", "[training]") {
  const rondo::Validation validation{
      .values = {{"loss", 1}, {"ppl", 2}, {"bleu", 3}, {"chrf", 4}, {"macro_f1", 5}}};
  CHECK(rondo::value_of(validation, Metric::loss) == 1);
  CHECK(rondo::value_of(validation, Metric::ppl) == 2);
  CHECK(rondo::value_of(validation, Metric::bleu) == 3);
  CHECK(rondo::value_of(validation, Metric::chrf) == 4);
  CHECK(rondo::value_of(validation, Metric::macro_f1) == 5);
  CHECK(std::isnan(rondo::value_of(validation, Metric::rmse)));
}
