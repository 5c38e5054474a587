#include "app/training/layer_gradients.h"

#include <limits>

#include "models/masking.h"
#include "models/recurrent.h"
#include "models/spectral_radius.h"

namespace rondo {
namespace {

// Of a gate's activations (Karpathy et al. 2016, section 4.2); of a tanh, its absolute value.
constexpr double kLowGate = 0.1, kHighGate = 0.9, kHighState = 0.9;

// [time, batch, state] -> [time, batch] on the CPU. In float64: the squares of a vanishing
// gradient would be zero in float32.
torch::Tensor norms_of(const torch::Tensor& gradient) {
  return torch::linalg_vector_norm(gradient.to(torch::kFloat64), 2, torch::IntArrayRef({2})).cpu();
}

// Steps of each sentence up to the last that has a gradient, [batch]: what comes after is padding.
torch::Tensor lengths_of(const torch::Tensor& norms) {
  const auto steps = torch::arange(1, norms.size(0) + 1).unsqueeze(1);
  return ((norms != 0) * steps).amax(0);
}

// Each sentence's norms from its last step back to its first.
GradientAlongTime of_each_sentence(const torch::Tensor& norms, const torch::Tensor& lengths) {
  const auto at = norms.accessor<double, 2>();
  std::vector<std::vector<double>> sentences;
  for (int64_t sentence = 0; sentence < lengths.size(0); ++sentence) {
    auto& own = sentences.emplace_back();
    for (int64_t step = lengths[sentence].item<int64_t>() - 1; step >= 0; --step) {
      own.push_back(at[step][sentence]);
    }
  }
  return along_time(sentences);
}

// What reached each sentence's last state and nothing else.
torch::Tensor last_alone(const torch::Tensor& gradient, const torch::Tensor& lengths) {
  const auto last = (lengths - 1).to(gradient.device());
  const auto steps = torch::arange(gradient.size(0), last.options()).unsqueeze(1);
  return torch::where((steps == last).unsqueeze(2), gradient, torch::zeros_like(gradient));
}

torch::Tensor is_saturated(const torch::Tensor& gates, const RecurrentCell& cell) {
  if (cell.type != RnnType::rnn) return (gates < kLowGate) | (gates > kHighGate);
  return cell.nonlinearity == Nonlinearity::relu ? gates == 0 : gates.abs() > kHighState;
}

// Over real steps alone.
double saturated_share(const TracedPass& pass, const RecurrentCell& cell,
                       const torch::Tensor& lengths) {
  const auto saturated = is_saturated(torch::stack(pass.gates), cell);
  const auto share = saturated.to(torch::kFloat).mean(2);
  const auto real = length_mask(lengths.to(share.device()), share.size(0));
  return share.masked_select(real).mean().item<double>();
}

torch::Tensor recurrent_matrices(const RecurrentCell& cell) {
  const int64_t hidden = cell.weight_hh.size(1);
  return cell.weight_hh.detach().view({-1, hidden, hidden});
}

}  // namespace

LayerHealth measure_layer(const TracedLayer& traced, const torch::Tensor& gradient) {
  const torch::NoGradGuard no_grad;
  const RecurrentCell& cell = traced.trace.cell;
  const TracedPass& pass = traced.trace.passes.front();
  const auto norms = norms_of(gradient);
  const auto lengths = lengths_of(norms);
  LayerHealth health{
      .name = traced.name,
      .total = of_each_sentence(norms, lengths),
      .spectral_radius = spectral_radius(recurrent_matrices(cell)).max().item<double>(),
      .update_ratio = std::numeric_limits<double>::quiet_NaN()};
  const auto carried = gradient_through_time(cell, pass, last_alone(gradient, lengths));
  health.carried = of_each_sentence(norms_of(carried), lengths);
  health.saturated = saturated_share(pass, cell, lengths);
  return health;
}

LayerSetting setting_of(const TracedLayer& traced) {
  const torch::NoGradGuard no_grad;
  const RecurrentLayerOptions& options = traced.layer->options;
  LayerSetting setting{.type = options.type, .nonlinearity = options.nonlinearity};
  if (options.type != RnnType::lstm) return setting;
  const auto parameters = traced.layer->named_parameters();
  const auto bias = parameters["bias_ih"] + parameters["bias_hh"];
  setting.forget_bias =
      bias.narrow(0, options.hidden_size, options.hidden_size).mean().item<double>();
  return setting;
}

}  // namespace rondo
