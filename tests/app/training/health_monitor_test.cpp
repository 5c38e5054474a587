#include "app/training/health_monitor.h"

#include <cmath>

#include "tests/app/training/echo_task.h"
#include "tests/app/training/tiny_task.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

HealthMonitor monitor_of(Task& task) { return {task, distinct_parameters(task.network()), {}}; }

GradientHealth examined(EchoTask& task) { return monitor_of(task).examine(task.batch()); }

}  // namespace

TEST_CASE("a gradient that halves at each step is measured and called vanishing", "[training]") {
  EchoTask task(0.5, {8});
  const GradientHealth health = examined(task);
  CHECK(health.sentences == 1);
  CHECK(health.steps == 8);
  REQUIRE(health.layers.size() == 1);
  const LayerHealth& layer = health.layers[0];
  CHECK(layer.name == "layer");
  REQUIRE(layer.total.norms.size() == 8);
  for (int k = 0; k < 8; ++k) CHECK(layer.total.norms[k] == Approx(std::pow(0.5, k)));
  CHECK(layer.total.reach == 7);  // 1/128 is the first below a hundredth
  CHECK(layer.total.first_to_last == Approx(1.0 / 128));
  CHECK(layer.carried.norms == layer.total.norms);
  CHECK(layer.spectral_radius == Approx(0.5));
  CHECK(layer.saturated == 0);
  CHECK(std::isnan(layer.update_ratio));
  CHECK(layer.verdict == Verdict::vanishing);
  CHECK(layer.advice.find("init_rnn_orthogonal") != std::string::npos);
}

TEST_CASE("one that doubles explodes, one that stays is healthy", "[training]") {
  EchoTask doubling(2, {8}), staying(1, {8});
  CHECK(examined(doubling).layers[0].verdict == Verdict::exploding);
  CHECK(examined(staying).layers[0].verdict == Verdict::healthy);
  CHECK(examined(staying).layers[0].total.reach == 8);
}

TEST_CASE("each sentence is counted back from its own last step", "[training]") {
  EchoTask task(0.5, {4, 7, 2});
  const LayerHealth layer = examined(task).layers[0];
  REQUIRE(layer.total.norms.size() == 7);
  for (int k = 0; k < 7; ++k) CHECK(layer.total.norms[k] == Approx(std::pow(0.5, k)));
}

TEST_CASE("gradients too small for float32's squares are still measured", "[training]") {
  EchoTask task(0.1, {31});
  const LayerHealth layer = examined(task).layers[0];
  CHECK(layer.total.norms.back() == Approx(1e-30).epsilon(0.01));
  CHECK(layer.total.first_to_last == Approx(1e-30).epsilon(0.01));
}

TEST_CASE("over-long sequences are cut off", "[training]") {
  EchoTask task(1, {HealthMonitor::kSteps + 10});
  CHECK(examined(task).steps == HealthMonitor::kSteps);
}

TEST_CASE("a diagnosis leaves weights, gradients, mode and random numbers alone", "[training]") {
  EchoTask task(0.5, {8});
  task.network().train();
  torch::manual_seed(1);
  const auto random = torch::rand({1}).item<float>();
  torch::manual_seed(1);
  auto weights = tensors_of(distinct_parameters(task.network()));
  std::vector<torch::Tensor> before;
  for (const auto& weight : weights) before.push_back(weight.detach().clone());
  examined(task);
  CHECK(torch::rand({1}).item<float>() == random);
  CHECK_FALSE(task.trained);
  CHECK(task.network().is_training());
  for (size_t i = 0; i < weights.size(); ++i) {
    CHECK(torch::equal(weights[i], before[i]));
    CHECK_FALSE(weights[i].grad().defined());
  }
}

TEST_CASE("it works where gradients are switched off", "[training]") {
  EchoTask task(0.5, {8});
  const torch::NoGradGuard no_grad;
  CHECK(examined(task).layers[0].total.reach == 7);
}

TEST_CASE("a frozen layer is examined, too", "[training]") {
  EchoTask task(0.5, {8});
  for (auto& parameter : task.network().parameters()) parameter.requires_grad_(false);
  CHECK(examined(task).layers[0].total.reach == 7);
}

TEST_CASE("the gradient norm is that of all parameters, per target", "[training]") {
  // Of three zero states with weight 1: 3 for each bias, nothing for the matrices.
  EchoTask task(1, {3});
  CHECK(examined(task).gradient_norm == Approx(std::sqrt(18.0)));
}

TEST_CASE("an update is measured by the weights that it moves", "[training]") {
  EchoTask task(0.5, {8});
  HealthMonitor monitor = monitor_of(task);
  GradientHealth health = monitor.examine(task.batch());
  monitor.remember_weights();
  {
    const torch::NoGradGuard no_grad;
    for (auto& item : task.network().named_parameters()) {
      if (item.key().find("weight") != std::string::npos) item.value().mul_(1.05);
    }
  }
  monitor.measure_update(health);
  CHECK(health.layers[0].update_ratio == Approx(0.05).epsilon(1e-4));
  CHECK(health.layers[0].advice.find("lower training.learning_rate") != std::string::npos);
}

TEST_CASE("a network without recurrent layers has none to report", "[training]") {
  TinyTask task;
  const GradientHealth health = monitor_of(task).examine(task.epoch_batches(0)->at(0));
  CHECK(health.layers.empty());
  CHECK(health.gradient_norm == Approx(2));
  CHECK(std::isnan(health.dead_embeddings));
}

TEST_CASE("rows that Adam never moved are dead, padding aside", "[training]") {
  struct Network : torch::nn::Module {
    torch::nn::Embedding embedding = register_module("embedding", torch::nn::Embedding(6, 2));
  };
  Network network;
  const auto parameters = distinct_parameters(network);
  TrainingOptions options;
  Optimizer optimizer(parameters, options);
  network.embedding->forward(int64s({2, 4, 4})).sum().backward();
  auto gradients = optimizer.gradients();
  optimizer.step(gradients, clip_gradient(gradients, torch::tensor(1.0F), options), 0.1);
  TinyTask task;
  GradientHealth health;
  HealthMonitor(task, parameters, options).measure_embeddings(optimizer, health);
  CHECK(health.dead_embeddings == Approx(3.0 / 5));  // 1, 3 and 5 of 1 to 5
  CHECK(health.dead_embeddings_of == "never updated");

  options.optimizer = OptimizerType::sgd;
  GradientHealth unknown;
  unknown.dead_embeddings = -1;
  HealthMonitor(task, parameters, options)
      .measure_embeddings(Optimizer(parameters, options), unknown);
  CHECK(unknown.dead_embeddings == -1);
}

}  // namespace rondo
