#include "app/training/health_monitor.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/data/batch_sample.h"
#include "app/decoding/eval_scope.h"
#include "app/training/layer_gradients.h"
#include "models/attention.h"
#include "models/pooling.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

double norm_of(const std::vector<torch::Tensor>& tensors) {
  double squares = 0;
  for (const torch::Tensor& tensor : tensors) {
    if (tensor.defined()) squares += tensor.to(torch::kFloat64).square().sum().item<double>();
  }
  return std::sqrt(squares);
}

// The variables that a diagnosis asks for the gradient of: the states of each traced layer's first
// pass, layer by layer, then the parameters.
std::vector<torch::Tensor> variables_of(const std::vector<TracedLayer>& layers,
                                        const std::vector<NamedParameter>& parameters) {
  std::vector<torch::Tensor> variables;
  for (const TracedLayer& traced : layers) {
    if (traced.trace.passes.empty()) continue;
    const auto& states = traced.trace.passes.front().states;
    variables.insert(variables.end(), states.begin(), states.end());
  }
  for (const NamedParameter& parameter : parameters) variables.push_back(parameter.tensor);
  return variables;
}

// [time, batch, state] from the next gradients in the list; the loss may not depend on some.
torch::Tensor take_states(const TracedPass& pass, const torch::Tensor* gradients) {
  std::vector<torch::Tensor> states;
  for (size_t step = 0; step < pass.states.size(); ++step) {
    const bool reached = gradients[step].defined();
    states.push_back(reached ? gradients[step] : torch::zeros_like(pass.states[step]).detach());
  }
  return torch::stack(states);
}

// What the network has against vanishing gradients. A network that neither pools nor decodes could
// have nothing of it.
struct Surroundings {
  bool bidirectional = false, attended = false, pooled = false;
};

Surroundings surroundings_of(const torch::nn::Module& network) {
  Surroundings found;
  bool decoded = false;
  for (const auto& item : network.named_modules("", /*include_self=*/false)) {
    const std::string& name = item.key();
    if (item.value()->as<AttentionImpl>()) found.attended = true;
    if (item.value()->as<PoolImpl>()) {
      found.pooled = true;
      // The other kinds of pooling have no layers of their own.
      found.attended = found.attended || !item.value()->named_children().is_empty();
    }
    decoded = decoded || name == "decoder";
    found.bidirectional = found.bidirectional || name.find("backward_") != std::string::npos;
  }
  return decoded || found.pooled ? found : Surroundings{true, true};
}

// Biases begin at zero, and a ratio to zero says nothing.
bool is_of_recurrence(const NamedParameter& parameter) {
  return parameter.name.ends_with(".weight_hh") || parameter.name.ends_with(".weight_ih");
}

bool is_embedding(const NamedParameter& parameter) {
  return parameter.name.ends_with("embedding.weight");
}

}  // namespace

HealthMonitor::HealthMonitor(Task& task, std::vector<NamedParameter> parameters,
                             const TrainingOptions& options)
    : task_(task), parameters_(std::move(parameters)), options_(options) {}

GradientHealth HealthMonitor::examine(const Batch& batch) {
  const torch::AutoGradMode with_gradients(true);
  const EvalScope evaluation(task_.network());
  const Batch sample = longest_sentences(batch, {.sentences = kSentences, .steps = kSteps});
  const TracingScope tracing(task_.network());
  const LossSum loss = task_.loss(sample, 0);
  const auto variables = variables_of(tracing.layers(), parameters_);
  const auto mean = loss.sum / static_cast<double>(std::max<int64_t>(1, loss.tokens));
  const auto gradients = torch::autograd::grad({mean}, variables, {}, false, false,
                                               /*allow_unused=*/true);

  GradientHealth health{.sentences = sample.size(),
                        .dead_embeddings = std::numeric_limits<double>::quiet_NaN()};
  choose_settings(tracing.layers());
  const torch::Tensor* next = gradients.data();
  for (const TracedLayer& traced : tracing.layers()) {
    if (traced.trace.passes.empty()) continue;
    const TracedPass& pass = traced.trace.passes.front();
    LayerHealth& layer = health.layers.emplace_back(measure_layer(traced, take_states(pass, next)));
    next += pass.states.size();
    health.steps = std::max(health.steps, static_cast<int64_t>(pass.states.size()));
    judge(layer, settings_.at(layer.name));
  }
  health.gradient_norm = norm_of({next, gradients.data() + gradients.size()});
  return health;
}

void HealthMonitor::choose_settings(const std::vector<TracedLayer>& layers) {
  const Surroundings around = surroundings_of(task_.network());
  settings_.clear();
  for (const TracedLayer& traced : layers) {
    LayerSetting& setting = settings_[traced.name] = setting_of(traced);
    setting.clipped = options_.clip_grad_norm > 0 || options_.clip_grad_val > 0;
    setting.bidirectional = around.bidirectional;
    setting.attended = around.attended;
    setting.pooled = around.pooled;
  }
}

void HealthMonitor::remember_weights() {
  remembered_.clear();
  for (const NamedParameter& parameter : parameters_) {
    if (is_of_recurrence(parameter)) {
      remembered_.push_back({parameter.name, parameter.tensor.detach().clone()});
    }
  }
}

void HealthMonitor::measure_update(GradientHealth& health) const {
  std::map<std::string, torch::Tensor> now;
  for (const NamedParameter& parameter : parameters_) now[parameter.name] = parameter.tensor;
  for (LayerHealth& layer : health.layers) {
    std::vector<torch::Tensor> before, moved;
    for (const NamedParameter& parameter : remembered_) {
      if (!parameter.name.starts_with(layer.name + ".")) continue;
      before.push_back(parameter.tensor);
      moved.push_back(now.at(parameter.name).detach() - parameter.tensor);
    }
    if (!before.empty()) layer.update_ratio = norm_of(moved) / norm_of(before);
    judge(layer, settings_.at(layer.name));
  }
}

void HealthMonitor::measure_embeddings(const Optimizer& optimizer, GradientHealth& health) const {
  int64_t rows = 0, dead = 0;
  for (const NamedParameter& parameter : parameters_) {
    const torch::Tensor moment = optimizer.second_moment(parameter.name);
    if (!is_embedding(parameter) || !moment.defined()) continue;
    auto never = (moment == 0).all(1);
    never[kPadId] = false;  // padding is never learned, and that is right
    rows += never.size(0) - 1;
    dead += never.sum().item<int64_t>();
  }
  if (rows == 0) return;
  health.dead_embeddings = static_cast<double>(dead) / static_cast<double>(rows);
  health.dead_embeddings_of = "never updated";
}

}  // namespace rondo
