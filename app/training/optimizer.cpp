#include "app/training/optimizer.h"

namespace rondo {
namespace {

using OptionalTensor = std::optional<torch::Tensor>;
using FusedAdam = void (*)(at::TensorList, at::TensorList, at::TensorList, at::TensorList,
                           at::TensorList, at::TensorList, double, double, double, double, double,
                           bool, bool, const OptionalTensor&, const OptionalTensor&);

std::vector<torch::Tensor> zeros_like_each(const std::vector<torch::Tensor>& tensors) {
  std::vector<torch::Tensor> zeros;
  for (const torch::Tensor& tensor : tensors) {
    zeros.push_back(torch::zeros_like(tensor, torch::TensorOptions().requires_grad(false)));
  }
  return zeros;
}

OptionalTensor if_defined(const torch::Tensor& tensor) {
  return tensor.defined() ? OptionalTensor(tensor) : std::nullopt;
}

}  // namespace

Optimizer::Optimizer(std::vector<NamedParameter> parameters, const TrainingOptions& options)
    : named_(std::move(parameters)), parameters_(tensors_of(named_)), options_(options) {
  const bool adam = options.optimizer != OptimizerType::sgd;
  if (adam || options.momentum > 0) first_moments_ = zeros_like_each(parameters_);
  if (adam) second_moments_ = zeros_like_each(parameters_);
  steps_ = torch::zeros({}, parameters_.front().options().dtype(at::kFloat).requires_grad(false));
}

std::vector<torch::Tensor> Optimizer::gradients() const {
  std::vector<torch::Tensor> gradients;
  gradients.reserve(parameters_.size());
  for (const torch::Tensor& parameter : parameters_) {
    const torch::Tensor& gradient = parameter.grad();
    gradients.push_back(gradient.defined() ? gradient : torch::zeros_like(parameter).detach());
  }
  return gradients;
}

// Dropped, not filled with zeros: autograd then hands its own tensors over instead of adding.
void Optimizer::zero_grad() {
  for (torch::Tensor& parameter : parameters_) parameter.mutable_grad().reset();
}

void Optimizer::step(std::vector<torch::Tensor>& gradients, const GradientReport& report,
                     double rate, const std::vector<double>& shares) {
  const torch::NoGradGuard no_grad;
  if (options_.optimizer != OptimizerType::sgd) steps_.add_(1).sub_(report.not_finite);
  for (auto& [share, group] : groups(gradients, shares)) {
    if (share > 0) step(group, report, rate * share);
  }
}

std::map<double, Optimizer::Group> Optimizer::groups(const std::vector<torch::Tensor>& gradients,
                                                     const std::vector<double>& shares) const {
  std::map<double, Group> groups;
  for (size_t i = 0; i < parameters_.size(); ++i) {
    Group& group = groups[shares.empty() ? 1 : shares[i]];
    group.parameters.push_back(parameters_[i]);
    group.gradients.push_back(gradients[i]);
    if (!first_moments_.empty()) group.first.push_back(first_moments_[i]);
    if (!second_moments_.empty()) group.second.push_back(second_moments_[i]);
  }
  return groups;
}

void Optimizer::step(Group& group, const GradientReport& report, double rate) {
  const auto divisor = if_defined(report.divisor);
  if (options_.optimizer == OptimizerType::sgd) {
    // Buffers that begin as zeros need no first step of their own.
    at::_fused_sgd_(group.parameters, group.gradients, group.first, options_.weight_decay,
                    options_.momentum, rate, /*dampening=*/0, /*nesterov=*/false,
                    /*maximize=*/false, /*is_first_step=*/false, divisor, report.not_finite);
    return;
  }
  const std::vector<torch::Tensor> steps(group.parameters.size(), steps_);
  const FusedAdam fused = options_.optimizer == OptimizerType::adam ? FusedAdam{at::_fused_adam_}
                                                                    : FusedAdam{at::_fused_adamw_};
  fused(group.parameters, group.gradients, group.first, group.second, {}, steps, rate,
        options_.adam_beta1, options_.adam_beta2, options_.weight_decay, options_.adam_eps,
        /*amsgrad=*/false, /*maximize=*/false, divisor, report.not_finite);
}

std::vector<NamedParameter> Optimizer::named_moments() const {
  std::vector<NamedParameter> moments;
  for (size_t i = 0; i < named_.size(); ++i) {
    const std::string& name = named_[i].name;
    if (!first_moments_.empty()) moments.push_back({"first." + name, first_moments_[i]});
    if (!second_moments_.empty()) moments.push_back({"second." + name, second_moments_[i]});
  }
  moments.push_back({"step", steps_});
  return moments;
}

torch::Tensor Optimizer::second_moment(const std::string& parameter) const {
  for (size_t i = 0; i < second_moments_.size(); ++i) {
    if (named_[i].name == parameter) return second_moments_[i];
  }
  return {};
}

std::map<std::string, torch::Tensor> Optimizer::state() const {
  std::map<std::string, torch::Tensor> tensors;
  for (const NamedParameter& moment : named_moments()) {
    tensors["optimizer." + moment.name] = moment.tensor;
  }
  return tensors;
}

void Optimizer::load_state(const std::map<std::string, torch::Tensor>& tensors) {
  copy_into(named_moments(), tensors, "optimizer.");
}

}  // namespace rondo
