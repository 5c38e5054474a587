#include "models/torchscript/recurrent.h"

#include "models/recurrent.h"
#include "tests/models/torchscript/script_calls.h"

namespace rondo {
namespace {

struct CellProducts {
  torch::Tensor input, hidden;  // [batch, gates * hidden] each, biases added
};

// One layer of any kind, each weight drawn anew so that no bias is zero.
struct AnyLayer : torch::nn::Module {
  AnyLayer(int64_t input, int64_t hidden) {
    options.type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
    options.nonlinearity = GENERATE(Nonlinearity::tanh, Nonlinearity::relu);
    options.input_size = input;
    options.hidden_size = hidden;
    layer = register_module("layer", RecurrentLayer(options));
    const torch::NoGradGuard no_grad;
    for (auto& weight : parameters()) weight.uniform_(-0.3, 0.3);
    eval();
  }

  torch::jit::Module twin(ScriptPrecision precision) const {
    ScriptWeights weights(*this, precision);
    return script_recurrent(weights, {"layer", options.type, options.nonlinearity});
  }

  // forward from `state`, as the twin would answer it: states, then the last state's tensors.
  std::vector<torch::Tensor> answers(const torch::Tensor& inputs, const RecurrentState& state) {
    const auto output = layer->forward(inputs, state);
    std::vector<torch::Tensor> all = {output.states, output.last.hidden};
    if (output.last.cell.defined()) all.push_back(output.last.cell);
    return all;
  }

  // The state after a step, written out (torch.nn.LSTM, torch.nn.GRU).
  RecurrentState gates(const CellProducts& products, const RecurrentState& state) const {
    if (options.type == RnnType::rnn) {
      const auto sum = products.input + products.hidden;
      return {options.nonlinearity == Nonlinearity::relu ? sum.relu() : sum.tanh(), {}};
    }
    if (options.type == RnnType::lstm) {
      const auto gate = (products.input + products.hidden).chunk(4, 1);
      const auto cell = gate[1].sigmoid() * state.cell + gate[0].sigmoid() * gate[2].tanh();
      return {gate[3].sigmoid() * cell.tanh(), cell};
    }
    const auto x = products.input.chunk(3, 1), h = products.hidden.chunk(3, 1);
    const auto update = torch::sigmoid(x[1] + h[1]);
    const auto fresh = torch::tanh(x[2] + torch::sigmoid(x[0] + h[0]) * h[2]);
    return {(1 - update) * fresh + update * state.hidden, {}};
  }

  RecurrentState any_state(int64_t batch) const {
    return {torch::rand({batch, options.hidden_size}) - 0.5,
            options.type == RnnType::lstm ? torch::randn({batch, options.hidden_size})
                                          : torch::Tensor()};
  }

  RecurrentLayerOptions options;
  RecurrentLayer layer{nullptr};
};

std::vector<torch::Tensor> twin_answers(torch::jit::Module twin, const torch::Tensor& inputs,
                                        const RecurrentState& state) {
  c10::List<torch::Tensor> start;
  for (const auto& part : {state.hidden, state.cell}) {
    if (part.defined()) start.push_back(part);
  }
  const auto result = twin.forward({inputs, start}).toTuple();
  std::vector<torch::Tensor> all = {result->elements()[0].toTensor()};
  for (const auto& part : result->elements()[1].toTensorVector()) all.push_back(part);
  return all;
}

void require_all_close(const std::vector<torch::Tensor>& actual,
                       const std::vector<torch::Tensor>& expected, double tolerance) {
  REQUIRE(actual.size() == expected.size());
  for (size_t i = 0; i < actual.size(); ++i) require_close(actual[i], expected[i], tolerance);
}

}  // namespace

TEST_CASE("a scripted layer is the layer, over a sequence and over a step", "[torchscript]") {
  torch::manual_seed(1);
  const torch::NoGradGuard no_grad;
  AnyLayer network(5, 4);
  const auto twin = reloaded(network.twin(ScriptPrecision::fp32));
  for (const int64_t time : {1, 6}) {
    const auto inputs = torch::randn({time, 3, 5});
    for (const auto& state : {RecurrentState{}, network.any_state(3)}) {
      require_all_close(twin_answers(twin, inputs, state), network.answers(inputs, state), 1e-6);
    }
  }
}

TEST_CASE("a scripted layer in fewer bits is near the layer", "[torchscript]") {
  torch::manual_seed(2);
  const torch::NoGradGuard no_grad;
  const auto precision = GENERATE(ScriptPrecision::int8, ScriptPrecision::bf16);
  AnyLayer network(24, 16);
  const auto twin = reloaded(network.twin(precision));
  for (const int64_t time : {1, 6}) {
    const auto inputs = torch::rand({time, 3, 24}) - 0.5;
    for (const auto& state : {RecurrentState{}, network.any_state(3)}) {
      const auto expected = network.answers(inputs, state);
      const auto actual = twin_answers(twin, inputs, state);
      require_all_close(actual, expected, 4e-2);
      REQUIRE_FALSE(torch::allclose(actual[0], expected[0], 1e-6, 1e-6));  // it does have fewer
    }
  }
}

TEST_CASE("a scripted int8 step is products in 8 bits and gates in float32", "[torchscript]") {
  torch::manual_seed(3);
  const torch::NoGradGuard no_grad;
  AnyLayer network(24, 16);
  const auto weights = network.named_parameters();
  const Int8Linear from_input(weights["layer.weight_ih"], weights["layer.bias_ih"]);
  const Int8Linear from_state(weights["layer.weight_hh"], weights["layer.bias_hh"]);
  const auto inputs = torch::randn({1, 3, 24});
  const auto state = network.any_state(3);
  const CellProducts products = {from_input.forward(inputs[0]), from_state.forward(state.hidden)};

  const auto last = network.gates(products, state);
  std::vector<torch::Tensor> expected = {last.hidden.unsqueeze(0), last.hidden};
  if (last.cell.defined()) expected.push_back(last.cell);
  require_all_close(twin_answers(network.twin(ScriptPrecision::int8), inputs, state), expected,
                    1e-6);
}

}  // namespace rondo
