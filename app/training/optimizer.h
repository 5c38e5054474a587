#pragma once

#include <torch/torch.h>

#include <map>
#include <string>
#include <vector>

#include "app/training/gradient.h"
#include "app/training/options.h"
#include "app/training/parameters.h"

namespace rondo {

// Adam (Kingma & Ba 2015), AdamW (Loshchilov & Hutter 2019) or SGD with momentum, each one fused
// call over all parameters of one rate. Clipping and the skipping of updates that are not finite
// happen inside that call, so that an update never waits for a number from the device.
class Optimizer {
 public:
  Optimizer(std::vector<NamedParameter> parameters, const TrainingOptions& options);

  // Gradients of all parameters; zeros stand in where autograd left none.
  std::vector<torch::Tensor> gradients() const;
  void zero_grad();

  // Divides the gradients by report.divisor and takes one step; weights and moments stay as they
  // are where report.not_finite is 1. shares: how much of the rate each parameter gets, no step
  // where it is 0; empty = all of it.
  void step(std::vector<torch::Tensor>& gradients, const GradientReport& report, double rate,
            const std::vector<double>& shares = {});

  // Adam's uncentred variance of that parameter; undefined where there is none.
  torch::Tensor second_moment(const std::string& parameter) const;

  // "optimizer.step", and "optimizer.<moment>.<parameter>" for each moment.
  std::map<std::string, torch::Tensor> state() const;
  // Throws DataError naming the first tensor that is missing or of another shape.
  void load_state(const std::map<std::string, torch::Tensor>& tensors);

 private:
  // Parameters with their gradients and moments that take a step together.
  struct Group {
    std::vector<torch::Tensor> parameters, gradients, first, second;
  };
  std::map<double, Group> groups(const std::vector<torch::Tensor>& gradients,
                                 const std::vector<double>& shares) const;
  void step(Group& group, const GradientReport& report, double rate);

  // Each moment as parameters of its own, named as they are saved.
  std::vector<NamedParameter> named_moments() const;

  std::vector<NamedParameter> named_;
  std::vector<torch::Tensor> parameters_;
  std::vector<torch::Tensor> first_moments_;   // Adam's mean, SGD's momentum
  std::vector<torch::Tensor> second_moments_;  // Adam's uncentred variance
  torch::Tensor steps_;                        // [] float32, updates that were taken
  TrainingOptions options_;
};

}  // namespace rondo
