#include "models/recurrence_trace.h"

#include <cmath>
#include <map>

#include "models/loss.h"
#include "models/recurrent.h"
#include "models/seq2seq.h"
#include "tests/models/small_classifier.h"
#include "tests/models/small_translator.h"

namespace rondo {
namespace {

struct Pass {
  torch::Tensor output{};
  std::map<std::string, torch::Tensor> gradients{};
};

// What forward gives, and the gradient of all parameters of a sum that weighs each element alike
// but not the same.
template <typename Forward>
Pass run(torch::nn::Module& network, Forward forward) {
  network.zero_grad();
  Pass pass{.output = forward()};
  const auto weights = torch::linspace(-1, 1, pass.output.numel()).view(pass.output.sizes());
  (pass.output * weights).sum().backward();
  for (const auto& item : network.named_parameters()) {
    if (item.value().grad().defined()) pass.gradients[item.key()] = item.value().grad().clone();
  }
  return pass;
}

template <typename Forward>
void require_same_when_traced(torch::nn::Module& network, Forward forward) {
  network.eval();
  const Pass fused = run(network, forward);
  const TracingScope tracing(network);
  REQUIRE_FALSE(tracing.layers().empty());
  const Pass traced = run(network, forward);
  require_close(traced.output, fused.output);
  REQUIRE(traced.gradients.size() == fused.gradients.size());
  for (const auto& [name, gradient] : fused.gradients) {
    INFO(name);
    require_close(traced.gradients.at(name), gradient);
  }
}

// One layer in a network, since a scope looks for layers inside one.
struct OneLayer : torch::nn::Module {
  explicit OneLayer(const RecurrentLayerOptions& options)
      : layer(register_module("layer", RecurrentLayer(options))) {}
  RecurrentLayer layer;
};

RecurrentLayerOptions any_layer() {
  auto options =
      GENERATE(RecurrentLayerOptions{RnnType::rnn, Nonlinearity::tanh},
               RecurrentLayerOptions{RnnType::rnn, Nonlinearity::relu},
               RecurrentLayerOptions{RnnType::lstm}, RecurrentLayerOptions{RnnType::gru});
  options.input_size = 3;
  options.hidden_size = 4;
  return options;
}

}  // namespace

TEST_CASE("a traced layer gives the fused layer's states and gradients", "[models]") {
  torch::manual_seed(1);
  OneLayer network(any_layer());
  const auto inputs = torch::randn({6, 2, 3});
  require_same_when_traced(network, [&] { return network.layer->forward(inputs).states; });
}

TEST_CASE("a traced translator of any kind gives the same features and gradients", "[models]") {
  torch::manual_seed(2);
  auto options = any_small_translator();
  options.encoder.rnn_type = options.decoder.rnn_type;
  Seq2Seq network(options);
  const SmallBatch batch;
  require_same_when_traced(*network, [&] {
    return network->forward(batch.source, batch.source_lengths, batch.target_in).features;
  });
}

TEST_CASE("a traced classifier of several members gives the same logits and gradients",
          "[models]") {
  torch::manual_seed(3);
  auto options = small_classifier();
  options.encoder.num_layers = 2;
  options.members = 2;
  Classifier network(options);
  const SmallLabelledBatch batch;
  require_same_when_traced(*network,
                           [&] { return network->forward(batch.tokens, batch.lengths).logits; });
}

TEST_CASE("a trace holds every step of every layer, of step-by-step decoders too", "[models]") {
  torch::manual_seed(4);
  auto options = small_translator();
  options.decoder.type = DecoderType::bahdanau;
  Seq2Seq network(options);
  network->eval();
  const SmallBatch batch;
  const TracingScope tracing(*network);
  network->forward(batch.source, batch.source_lengths, batch.target_in);
  REQUIRE(tracing.layers().size() == 4);
  for (const auto& traced : tracing.layers()) {
    INFO(traced.name);
    const bool decoder = traced.name.starts_with("decoder.");
    REQUIRE(traced.trace.passes.size() == 1);
    REQUIRE(traced.trace.passes[0].states.size() == (decoder ? 4 : 5));
    REQUIRE(traced.trace.passes[0].gates.size() == (decoder ? 4 : 5));
  }
}

TEST_CASE("a second reading of a text is a pass of its own", "[models]") {
  torch::manual_seed(5);
  OneLayer network({.input_size = 3, .hidden_size = 4});
  const TracingScope tracing(network);
  network.layer->forward(torch::randn({6, 2, 3}));
  network.layer->forward(torch::randn({5, 2, 3}));
  REQUIRE(tracing.layers()[0].trace.passes.size() == 2);
  REQUIRE(tracing.layers()[0].trace.passes[1].states.size() == 5);
}

TEST_CASE("the gradient of every kept state is that of a small change of it", "[models]") {
  torch::manual_seed(6);
  OneLayer network({.type = RnnType::rnn, .input_size = 1, .hidden_size = 1});
  const TracingScope tracing(network);
  const auto last = network.layer->forward(torch::randn({3, 1, 1})).states[-1].sum();
  const auto& hidden = tracing.layers()[0].trace.passes[0].states;
  const auto gradients = torch::autograd::grad({last}, hidden);
  // h3 = tanh(w h2 + ...), so each step back multiplies by w (1 - h^2).
  const double w = network.layer->named_parameters()["weight_hh"].item<double>();
  double expected = 1;
  for (int64_t step = 2; step >= 0; --step) {
    CHECK(gradients[step].item<double>() == Approx(expected));
    const double h = hidden[step].item<double>();
    expected *= w * (1 - h * h);
  }
}

TEST_CASE("through time alone a gradient comes back as along the whole graph", "[models]") {
  // Where a layer's inputs do not depend on its states, both are the same.
  torch::manual_seed(7);
  OneLayer network(any_layer());
  const TracingScope tracing(network);
  network.layer->forward(torch::randn({5, 2, 3}));
  const RecurrenceTrace& trace = tracing.layers()[0].trace;
  const int64_t width = trace.passes[0].states[0].size(1);
  auto at_states = torch::zeros({5, 2, width});
  at_states[4][0] = torch::randn({width});
  at_states[2][1] = torch::randn({width});
  const auto carried = gradient_through_time(trace.cell, trace.passes[0], at_states);
  const auto& kept = trace.passes[0].states;
  const auto whole = torch::autograd::grad({torch::stack(kept)}, kept, {at_states});
  require_close(carried, torch::stack(whole));
  CHECK(carried[0][0].abs().sum().item<double>() > 0);
  CHECK(carried[3][1].abs().sum().item<double>() == 0);
}

TEST_CASE("what an LSTM's cell alone carries back is seen", "[models]") {
  // Weights of zero: the hidden state tells the next step nothing, and gates are their biases'.
  torch::manual_seed(10);
  OneLayer network({.type = RnnType::lstm, .input_size = 1, .hidden_size = 1});
  const torch::Tensor biases = torch::tensor({0.5, 2.0, 0.05, 1.0}).to(torch::kFloat);
  {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : network.parameters()) parameter.zero_();
    network.layer->named_parameters()["bias_ih"].copy_(biases);
  }
  const TracingScope tracing(network);
  const auto last = network.layer->forward(torch::zeros({20, 1, 1})).states[-1].sum();
  const auto gradients = torch::autograd::grad({last}, tracing.layers()[0].trace.passes[0].states);
  const double forget = torch::sigmoid(biases[1]).item<double>();
  const double at_18 = gradients[18][0][1].item<double>();
  CHECK(gradients[19][0][0].item<double>() == Approx(1));
  CHECK(at_18 > 0.1);
  CHECK(gradients[3][0][1].item<double>() == Approx(at_18 * std::pow(forget, 15)).epsilon(1e-4));
  CHECK(gradients[3][0][0].item<double>() == 0);
}

TEST_CASE("frozen layers have gradients at their states, too", "[models]") {
  torch::manual_seed(8);
  OneLayer network({.input_size = 3, .hidden_size = 4});
  for (auto& parameter : network.parameters()) parameter.requires_grad_(false);
  const TracingScope tracing(network);
  const auto sum = network.layer->forward(torch::randn({4, 2, 3})).states[-1].sum();
  const auto gradients = torch::autograd::grad({sum}, tracing.layers()[0].trace.passes[0].states);
  CHECK(gradients[0].abs().sum().item<double>() > 0);
}

TEST_CASE("int8 layers are not traced, and nothing stays traced afterwards", "[models]") {
  torch::manual_seed(9);
  struct Two : torch::nn::Module {
    RecurrentLayer first = register_module(
        "first", RecurrentLayer(RecurrentLayerOptions{.input_size = 3, .hidden_size = 4}));
    RecurrentLayer second = register_module(
        "second", RecurrentLayer(RecurrentLayerOptions{.input_size = 3, .hidden_size = 4}));
  } network;
  network.eval();
  network.second->quantize();
  const auto inputs = torch::randn({4, 2, 3});
  const auto before = network.first->forward(inputs).states;
  CHECK_THROWS_WITH(TracingScope(network), Catch::Contains("int8"));
  CHECK(torch::equal(network.first->forward(inputs).states, before));
}

}  // namespace rondo
