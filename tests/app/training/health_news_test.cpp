#include "app/training/health_news.h"

#include "tests/support/catch.h"

using rondo::GradientHealth;
using rondo::LayerHealth;
using rondo::Verdict;

namespace {

LayerHealth layer(const std::string& name, int64_t reach, size_t steps) {
  LayerHealth health{.name = name, .reason = "as it should be"};
  health.total.norms.assign(steps, 1);
  health.total.reach = reach;
  return health;
}

GradientHealth healthy() {
  GradientHealth health;
  health.layers = {layer("encoder.forward_0", 23, 31), layer("decoder.layer_0", 28, 28)};
  return health;
}

GradientHealth sick() {
  GradientHealth health = healthy();
  health.layers[0].verdict = Verdict::vanishing;
  health.layers[0].reason = "falls to nothing";
  health.layers[0].advice = "rnn_type: lstm or gru";
  return health;
}

}  // namespace

TEST_CASE("the first diagnosis says how far gradients reach", "[training]") {
  rondo::HealthNews news;
  CHECK(news.tell(healthy()) ==
        std::vector<std::string>{
            "gradients reach 23 of 31 steps in encoder.forward_0, the least of 2 layers"});
  CHECK(news.tell(healthy()).empty());
}

TEST_CASE("a sick layer is told of once, and again when it is well", "[training]") {
  rondo::HealthNews news;
  news.tell(healthy());
  CHECK(news.tell(sick()) ==
        std::vector<std::string>{"vanishing gradient in encoder.forward_0: falls to nothing; try "
                                 "rnn_type: lstm or gru"});
  CHECK(news.tell(sick()).empty());
  CHECK(news.tell(healthy()) ==
        std::vector<std::string>{
            "gradients of encoder.forward_0 are healthy again: as it should be"});
}

TEST_CASE("a network that begins sick is told of at once", "[training]") {
  rondo::HealthNews news;
  CHECK(news.tell(sick()).size() == 2);
}

TEST_CASE("a network without recurrent layers is told of once", "[training]") {
  rondo::HealthNews news;
  CHECK(news.tell({}).size() == 1);
  CHECK(news.tell({}).empty());
}
