#include "app/training/optimizer.h"

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "app/errors.h"
#include "tests/support/catch_torch.h"

using rondo::Optimizer;
using rondo::OptimizerType;
using rondo::TrainingOptions;

namespace {

// The updates of tests/reference/training/optimizer.py.
const std::vector<std::vector<float>> kGradients{
    {0.1F, -0.2F, 0.3F, 0.4F}, {1.0F, 2.0F, -3.0F, 0.5F}, {-0.7F, 0.01F, 0.2F, -0.05F}};

torch::Tensor start() { return torch::tensor({0.5F, -1.0F, 2.0F, 0.0F}).set_requires_grad(true); }

rondo::GradientReport update(Optimizer& optimizer, torch::Tensor& weight,
                             const std::vector<float>& gradient, const TrainingOptions& options) {
  weight.mutable_grad() = torch::tensor(gradient);
  auto gradients = optimizer.gradients();
  const auto report = rondo::clip_gradient(gradients, torch::tensor(1.0F), options);
  optimizer.step(gradients, report, 0.1);
  optimizer.zero_grad();
  return report;
}

torch::Tensor trained(const TrainingOptions& options) {
  torch::Tensor weight = start();
  Optimizer optimizer({{"weight", weight}}, options);
  for (const auto& gradient : kGradients) update(optimizer, weight, gradient, options);
  return weight.detach();
}

torch::Tensor expected(const std::string& name) {
  std::ifstream file(std::string(RONDO_REFERENCE_DIR) + "/training/optimizer.json");
  return torch::tensor(nlohmann::json::parse(file).at(name).get<std::vector<float>>());
}

TrainingOptions plain(OptimizerType type) {
  TrainingOptions options;
  options.optimizer = type;
  options.clip_grad_norm = 0;
  return options;
}

bool close(const torch::Tensor& left, const torch::Tensor& right) {
  return torch::allclose(left, right, 1e-5, 1e-6);
}

}  // namespace

TEST_CASE("Adam takes the steps of torch.optim.Adam", "[training]") {
  auto options = plain(OptimizerType::adam);
  options.weight_decay = 0.1;
  CHECK(close(trained(options), expected("adam_decay")));
  options.weight_decay = 0;
  options.adam_beta1 = 0.8;
  options.adam_beta2 = 0.99;
  options.adam_eps = 1e-6;
  CHECK(close(trained(options), expected("adam")));
  options.clip_grad_norm = 0.5;
  CHECK(close(trained(options), expected("adam_clipped")));
}

TEST_CASE("AdamW takes the steps of torch.optim.AdamW", "[training]") {
  auto options = plain(OptimizerType::adamw);
  options.weight_decay = 0.1;
  CHECK(close(trained(options), expected("adamw")));
}

TEST_CASE("SGD takes the steps of torch.optim.SGD", "[training]") {
  auto options = plain(OptimizerType::sgd);
  CHECK(close(trained(options), expected("sgd")));
  options.clip_grad_norm = 1.0;
  CHECK(close(trained(options), expected("sgd_clipped")));
  options.clip_grad_norm = 0;
  options.momentum = 0.9;
  options.weight_decay = 0.1;
  CHECK(close(trained(options), expected("momentum")));
}

TEST_CASE("an update that is not finite leaves weights and moments untouched", "[training]") {
  const auto type = GENERATE(OptimizerType::adam, OptimizerType::adamw, OptimizerType::sgd);
  auto options = plain(type);
  options.momentum = 0.9;
  options.clip_grad_norm = 1.0;
  torch::Tensor weight = start();
  Optimizer optimizer({{"weight", weight}}, options);
  update(optimizer, weight, kGradients[0], options);
  const auto before = weight.detach().clone();
  std::map<std::string, torch::Tensor> state;
  for (const auto& [name, tensor] : optimizer.state()) state[name] = tensor.clone();

  const auto bad =
      GENERATE(std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity());
  const auto report = update(optimizer, weight, {0.1F, bad, 0.3F, 0.4F}, options);
  CHECK(report.not_finite.item<float>() == 1.0F);
  CHECK(torch::equal(weight, before));
  for (const auto& [name, tensor] : optimizer.state()) CHECK(torch::equal(tensor, state.at(name)));
}

TEST_CASE("an optimizer goes on from its saved state as if never stopped", "[training]") {
  const auto type = GENERATE(OptimizerType::adam, OptimizerType::sgd);
  auto options = plain(type);
  options.momentum = 0.9;
  torch::Tensor weight = start();
  Optimizer first({{"weight", weight}}, options);
  update(first, weight, kGradients[0], options);

  torch::Tensor copy = weight.detach().clone().set_requires_grad(true);
  Optimizer second({{"weight", copy}}, options);
  second.load_state(first.state());
  update(first, weight, kGradients[1], options);
  update(second, copy, kGradients[1], options);
  CHECK(torch::equal(weight, copy));
}

TEST_CASE("a state that lacks a moment is refused by name", "[training]") {
  Optimizer optimizer({{"weight", start()}}, plain(OptimizerType::adam));
  CHECK_THROWS_WITH(optimizer.load_state({}), "no tensor optimizer.first.weight");
}

TEST_CASE("tied parameters appear once", "[training]") {
  struct Tied : torch::nn::Module {
    Tied() {
      const torch::nn::Linear layer(2, 3);
      register_module("one", layer);
      register_module("two", layer);
    }
  };
  CHECK(rondo::distinct_parameters(Tied()).size() == 2);
}

TEST_CASE("a share of the rate is a step at that rate, and none is no step", "[training]") {
  const auto options = plain(OptimizerType::adam);
  const auto train = [&](double rate, const std::vector<double>& shares) {
    torch::Tensor left = start(), right = start();
    Optimizer optimizer({{"left", left}, {"right", right}}, options);
    for (const auto& gradient : kGradients) {
      left.mutable_grad() = right.mutable_grad() = torch::tensor(gradient);
      auto gradients = optimizer.gradients();
      const auto report = rondo::clip_gradient(gradients, torch::tensor(1.0F), options);
      optimizer.step(gradients, report, rate, shares);
      optimizer.zero_grad();
    }
    return std::pair(left.detach(), right.detach());
  };
  const auto [whole, frozen] = train(0.1, {1, 0});
  CHECK(torch::equal(whole, train(0.1, {}).first));
  CHECK(torch::equal(frozen, start().detach()));
  CHECK(torch::equal(train(0.1, {1, 0.5}).second, train(0.05, {}).second));
}
