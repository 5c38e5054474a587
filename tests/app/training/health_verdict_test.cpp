#include "app/training/health_verdict.h"

#include <cmath>
#include <limits>

#include "tests/support/catch.h"

using rondo::LayerHealth;
using rondo::LayerSetting;
using rondo::RnnType;
using rondo::Verdict;

namespace {

// A layer whose gradient changes by this factor over so many steps.
LayerHealth layer(double first_to_last, size_t steps = 40) {
  LayerHealth health{.name = "encoder.forward_0", .spectral_radius = 1};
  health.total.norms.assign(steps, 1);
  health.total.first_to_last = first_to_last;
  health.update_ratio = std::nan("");
  return health;
}

LayerHealth judged(LayerHealth health, const LayerSetting& setting = {}) {
  rondo::judge(health, setting);
  return health;
}

}  // namespace

TEST_CASE("norms along time are means of the sentences that have the step", "[training]") {
  const auto along = rondo::along_time({{4, 2, 1}, {8, 2}});
  CHECK(along.norms == std::vector<double>{6, 2, 1});
  CHECK(along.first_to_last == Approx((1.0 + 2.0) / (4 + 8)));
  CHECK(along.reach == 3);
}

TEST_CASE("a gradient reaches to where it first is a hundredth of the nearest", "[training]") {
  CHECK(rondo::along_time({{1, 0.5, 0.02, 0.01, 0.5}}).reach == 3);
  CHECK(rondo::along_time({{1, 0.5, 0.02, 0.011, 0.5}}).reach == 5);
}

TEST_CASE("a small sentence that is longer than the rest shortens no reach", "[training]") {
  // Its gradient is a thousandth of the other's everywhere, and does not fall at all.
  CHECK(rondo::along_time({{1, 1}, {0.001, 0.001, 0.001}}).reach == 3);
}

TEST_CASE("a layer without a gradient has no steps and says so", "[training]") {
  LayerHealth health = layer(1);
  health.total = rondo::along_time({{}, {}});
  CHECK(health.total.reach == 0);
  health = judged(health);
  CHECK(health.verdict == Verdict::vanishing);
  CHECK(health.reason == "no gradient reaches it");
}

TEST_CASE("verdicts change at a hundredth and at a hundredfold", "[training]") {
  CHECK(judged(layer(0.0099)).verdict == Verdict::vanishing);
  CHECK(judged(layer(0.0101)).verdict == Verdict::healthy);
  CHECK(judged(layer(99)).verdict == Verdict::healthy);
  CHECK(judged(layer(101)).verdict == Verdict::exploding);
}

TEST_CASE("a reason gives numbers, threshold and source", "[training]") {
  CHECK(judged(layer(0.00031, 48)).reason ==
        "falls to 0.00031 of the last step's over 48 steps; below 0.01 is vanishing "
        "(Bengio et al. 1994)");
  CHECK(judged(layer(2500, 48)).reason ==
        "grows to 2.5e+03 of the last step's over 48 steps; above 100 is exploding "
        "(Pascanu et al. 2013)");
  CHECK(judged(layer(0.43, 48)).reason ==
        "the first of 48 steps has 0.43 of the last one's; 0.01 to 100 is healthy");
}

TEST_CASE("a gradient that is not finite is exploding, however short the text", "[training]") {
  CHECK(judged(layer(std::nan(""))).verdict == Verdict::exploding);
  CHECK(judged(layer(std::numeric_limits<double>::infinity(), 2)).verdict == Verdict::exploding);
}

TEST_CASE("four steps are too few to tell", "[training]") {
  const LayerHealth health = judged(layer(1e-6, 4));
  CHECK(health.verdict == Verdict::healthy);
  CHECK(health.reason == "only 4 steps: too few to tell");
  CHECK(judged(layer(1e-6, 5)).verdict == Verdict::vanishing);
}

TEST_CASE("a healthy layer has no advice unless its updates are great", "[training]") {
  LayerHealth health = layer(0.5);
  CHECK(judged(health).advice.empty());
  health.update_ratio = 0.001;
  CHECK(judged(health).advice.empty());
  health.update_ratio = 0.04;
  CHECK(judged(health).advice ==
        "a lower training.learning_rate: one update moves the weights by 4% of their norm, "
        "0.1% is usual");
}

TEST_CASE("advice against vanishing depends on the cell", "[training]") {
  const LayerHealth sick = layer(0.001, 48);
  CHECK(judged(sick, {.type = RnnType::gru}).advice == "model.chrono_init: 48");
  CHECK(judged(sick, {.type = RnnType::lstm, .forget_bias = 0}).advice ==
        "model.lstm_forget_gate: 1 (its bias is 0), or model.chrono_init: 48");
  CHECK(judged(sick, {.type = RnnType::lstm, .forget_bias = 1}).advice == "model.chrono_init: 48");
  CHECK(judged(sick, {.type = RnnType::rnn}).advice == "rnn_type: lstm or gru");
}

TEST_CASE("advice for a simple recurrence looks at its matrix and its states", "[training]") {
  LayerHealth sick = layer(0.001);
  sick.spectral_radius = 0.6;
  CHECK(judged(sick, {.type = RnnType::rnn}).advice ==
        "rnn_type: lstm or gru; or init_rnn_orthogonal: true, which begins with a spectral radius "
        "of 1 (now 0.6)");
  sick.spectral_radius = 1;
  sick.saturated = 0.7;
  CHECK(
      judged(sick, {.type = RnnType::rnn}).advice ==
      "rnn_type: lstm or gru, or a lower training.learning_rate, since most states are saturated");
  sick.saturated = 0.95;
  CHECK(judged(sick, {.type = RnnType::rnn, .nonlinearity = rondo::Nonlinearity::relu}).advice ==
        "nonlinearity: tanh, or a lower training.learning_rate, since nearly all units are zero");
}

TEST_CASE("attention is advised where there is none, then a second direction", "[training]") {
  const LayerHealth sick = layer(0.001, 48);
  CHECK_THAT(judged(sick, {.type = RnnType::gru, .bidirectional = false, .attended = false}).advice,
             ContainsSubstring("decoder.type: gnmt"));
  CHECK_THAT(judged(sick, {.attended = false, .pooled = true}).advice,
             ContainsSubstring("classifier.pooling: attention"));
  CHECK_THAT(judged(sick, {.type = RnnType::gru, .bidirectional = false}).advice,
             ContainsSubstring("encoder.bidirectional: true"));
}

TEST_CASE("advice against exploding is clipping first", "[training]") {
  LayerHealth sick = layer(1e4);
  sick.spectral_radius = 1.9;
  CHECK(judged(sick, {.clipped = false}).advice == "training.clip_grad_norm: 1");
  CHECK_THAT(judged(sick, {.type = RnnType::rnn}).advice,
             ContainsSubstring("init_rnn_orthogonal: true") && ContainsSubstring("1.9"));
  CHECK_THAT(judged(sick, {.type = RnnType::lstm}).advice,
             ContainsSubstring("training.learning_rate"));
}

TEST_CASE("the worst verdict of a network is its layers' worst", "[training]") {
  rondo::GradientHealth health;
  CHECK(rondo::worst_verdict(health) == Verdict::healthy);
  health.layers = {judged(layer(1)), judged(layer(1e-5)), judged(layer(1))};
  CHECK(rondo::worst_verdict(health) == Verdict::vanishing);
  health.layers.push_back(judged(layer(1e5)));
  CHECK(rondo::worst_verdict(health) == Verdict::exploding);
}
