#include "models/recurrent.h"

#include <cmath>

#include "models/dropout.h"
#include "tests/models/reference_case.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

struct CellCase {
  RnnType type;
  Nonlinearity nonlinearity;
  std::string name;  // of the reference case
  int64_t gates;
};

CellCase any_cell() {
  return GENERATE(CellCase{RnnType::rnn, Nonlinearity::tanh, "rnn_tanh", 1},
                  CellCase{RnnType::rnn, Nonlinearity::relu, "rnn_relu", 1},
                  CellCase{RnnType::lstm, Nonlinearity::tanh, "lstm", 4},
                  CellCase{RnnType::gru, Nonlinearity::tanh, "gru", 3});
}

RecurrentLayer layer_of(const CellCase& cell, int64_t input_size, int64_t hidden_size) {
  return RecurrentLayer(RecurrentLayerOptions{.type = cell.type,
                                              .nonlinearity = cell.nonlinearity,
                                              .input_size = input_size,
                                              .hidden_size = hidden_size});
}

}  // namespace

TEST_CASE("a recurrent layer returns a state a step and the last one", "[models]") {
  const CellCase cell = any_cell();
  const auto output = layer_of(cell, 3, 4)->forward(torch::randn({5, 2, 3}));
  REQUIRE(output.states.sizes() == torch::IntArrayRef({5, 2, 4}));
  REQUIRE(output.last.hidden.sizes() == torch::IntArrayRef({2, 4}));
  REQUIRE(output.last.cell.defined() == (cell.type == RnnType::lstm));
  require_close(output.last.hidden, output.states[-1]);
}

TEST_CASE("a recurrent layer's parameters have torch.nn's names and layout", "[models]") {
  const CellCase cell = any_cell();
  const auto parameters = layer_of(cell, 3, 4)->named_parameters();
  REQUIRE(parameters.size() == 4);
  REQUIRE(parameters["weight_ih"].sizes() == torch::IntArrayRef({cell.gates * 4, 3}));
  REQUIRE(parameters["weight_hh"].sizes() == torch::IntArrayRef({cell.gates * 4, 4}));
  REQUIRE(parameters["bias_ih"].sizes() == torch::IntArrayRef({cell.gates * 4}));
  REQUIRE(parameters["bias_hh"].sizes() == torch::IntArrayRef({cell.gates * 4}));
}

TEST_CASE("a simple recurrence of one unit can be followed by hand", "[models]") {
  auto layer = layer_of({RnnType::rnn, Nonlinearity::tanh, "", 1}, 1, 1);
  torch::NoGradGuard no_grad;
  auto parameters = layer->named_parameters();
  parameters["weight_ih"].fill_(0.5);
  parameters["weight_hh"].fill_(2.0);
  parameters["bias_ih"].fill_(0.1);
  parameters["bias_hh"].fill_(0.2);
  const auto states = layer->forward(torch::tensor({1.0f, -1.0f}).view({2, 1, 1})).states;
  const double first = std::tanh(0.5 + 0.3);
  const double second = std::tanh(-0.5 + 2.0 * first + 0.3);
  require_close(states.view({2}), torch::tensor({first, second}));
}

TEST_CASE("a whole sequence equals its steps, each from the state before", "[models]") {
  torch::manual_seed(1);
  const CellCase cell = any_cell();
  auto layer = layer_of(cell, 3, 4);
  const auto inputs = torch::randn({5, 2, 3});
  RecurrentState start{.hidden = torch::randn({2, 4}), .cell = {}};
  if (cell.type == RnnType::lstm) start.cell = torch::randn({2, 4});

  const auto whole = layer->forward(inputs, start);
  RecurrentState state = start;
  for (int64_t step = 0; step < 5; ++step) {
    const auto output = layer->forward(inputs.narrow(0, step, 1), state);
    require_close(output.states[0], whole.states[step], 1e-6);
    state = output.last;
  }
  require_close(state.hidden, whole.last.hidden, 1e-6);
  if (cell.type == RnnType::lstm) require_close(state.cell, whole.last.cell, 1e-6);
}

TEST_CASE("a recurrent layer equals PyTorch's, gradients too", "[models]") {
  const CellCase cell = any_cell();
  const ReferenceCase reference("recurrent", cell.name);
  auto layer = layer_of(cell, 3, 4);
  reference.load_parameters(*layer);

  auto inputs = reference.input("inputs").requires_grad_();
  RecurrentState start{.hidden = reference.input("hidden").requires_grad_(), .cell = {}};
  if (cell.type == RnnType::lstm) start.cell = reference.input("cell").requires_grad_();
  const auto output = layer->forward(inputs, start);
  reference.require_output("states", output.states);
  reference.require_output("last_hidden", output.last.hidden);
  auto loss = (output.states * reference.input("states_gradient")).sum() +
              (output.last.hidden * reference.input("last_gradient")).sum();
  if (cell.type == RnnType::lstm) {
    reference.require_output("last_cell", output.last.cell);
    loss = loss + (output.last.cell * reference.input("last_gradient")).sum();
  }
  loss.backward();
  reference.require_gradients(*layer);
  require_close(inputs.grad(), reference.gradient("inputs"));
  require_close(start.hidden.grad(), reference.gradient("hidden"));
  if (cell.type == RnnType::lstm) require_close(start.cell.grad(), reference.gradient("cell"));
}

TEST_CASE("orthogonal initialisation makes every gate's recurrent block orthogonal", "[models]") {
  torch::manual_seed(2);
  const CellCase cell = any_cell();
  auto layer = layer_of(cell, 3, 6);
  layer->initialise(/*orthogonal=*/true, /*forget_gate_bias=*/1.0);
  for (const auto& block : layer->named_parameters()["weight_hh"].chunk(cell.gates, 0)) {
    require_close(block.matmul(block.t()), torch::eye(6));
  }
}

TEST_CASE("the forget gate's bias is set and the other gates' biases are equal", "[models]") {
  auto layer = layer_of({RnnType::lstm, Nonlinearity::tanh, "", 4}, 3, 5);
  layer->initialise(/*orthogonal=*/true, /*forget_gate_bias=*/1.5);
  const auto parameters = layer->named_parameters();
  const auto bias = (parameters["bias_ih"] + parameters["bias_hh"]).view({4, 5});
  require_close(bias[1], torch::full({5}, 1.5));
  require_close(bias[0], torch::zeros({5}));
  require_close(bias[2], torch::zeros({5}));
  require_close(bias[3], torch::zeros({5}));
}

TEST_CASE("weight dropout runs a layer on thinned recurrent weights", "[models]") {
  torch::manual_seed(3);
  const CellCase cell = any_cell();
  const int64_t time = GENERATE(1, 5);
  auto plain = layer_of(cell, 3, 6);
  auto options = plain->options;
  options.weight_dropout = 0.5;
  RecurrentLayer dropped(options);
  auto ours = dropped->named_parameters(), theirs = plain->named_parameters();
  const auto inputs = torch::randn({time, 2, 3});
  const RecurrentState start{.hidden = torch::randn({2, 6}), .cell = torch::randn({2, 6})};

  torch::manual_seed(4);
  const auto states = dropped->forward(inputs, start).states;
  torch::manual_seed(4);
  const auto mask = inverted_dropout(torch::ones_like(ours["weight_hh"]), 0.5, /*training=*/true);
  {
    torch::NoGradGuard no_grad;
    for (auto& item : theirs) item.value().copy_(ours[item.key()]);
    theirs["weight_hh"].mul_(mask);
  }
  const auto expected = plain->forward(inputs, start).states;
  require_close(states, expected, 1e-6);
  states.square().sum().backward();
  expected.square().sum().backward();
  require_close(ours["weight_hh"].grad(), theirs["weight_hh"].grad() * mask);
  require_close(ours["weight_ih"].grad(), theirs["weight_ih"].grad());

  dropped->eval();
  torch::NoGradGuard no_grad;
  theirs["weight_hh"].copy_(ours["weight_hh"]);
  require_close(dropped->forward(inputs, start).states, plain->forward(inputs, start).states, 1e-6);
}

TEST_CASE("rows of a state are selected in the order asked for", "[models]") {
  const RecurrentState state{.hidden = torch::tensor({1, 2, 3}).view({3, 1}), .cell = {}};
  const auto selected = select_rows(state, int64s({2, 0, 0}));
  REQUIRE(torch::equal(selected.hidden, torch::tensor({3, 1, 1}).view({3, 1})));
  REQUIRE_FALSE(selected.cell.defined());
}

TEST_CASE("positions are reversed within each length and padding stays", "[models]") {
  const auto positions = reversed_positions(int64s({4, 2, 1}), 4);
  const auto expected = int64s({3, 1, 0,  //
                                2, 0, 1,  //
                                1, 2, 2,  //
                                0, 3, 3})
                            .view({4, 3});
  REQUIRE(torch::equal(positions, expected));
}

TEST_CASE("gathering by reversed positions twice gives the sequence back", "[models]") {
  const auto sequence = torch::arange(24).view({4, 3, 2});
  const auto positions = reversed_positions(int64s({4, 2, 3}), 4);
  const auto reversed = gather_time(sequence, positions);
  REQUIRE(torch::equal(reversed.select(1, 1),
                       sequence.select(1, 1).index_select(0, int64s({1, 0, 2, 3}))));
  REQUIRE(torch::equal(gather_time(reversed, positions), sequence));
}

TEST_CASE("recurrent dropout takes units of the state from every gate alike", "[models]") {
  torch::manual_seed(9);
  const auto type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  RecurrentLayer layer(RecurrentLayerOptions{
      .type = type, .input_size = 3, .hidden_size = 40, .recurrent_dropout = 0.5});
  layer->initialise(/*orthogonal=*/false, 0.0);
  const auto full = layer->named_parameters()["weight_hh"];
  const auto seen = layer->weights()[1];
  const auto kept = seen.ne(0);
  REQUIRE(torch::equal(kept, kept[0].unsqueeze(0).expand_as(kept)));
  REQUIRE_FALSE(torch::equal(kept[0], kept[0][0].expand_as(kept[0])));
  require_close(seen, full * kept * 2);
  layer->eval();
  REQUIRE(layer->weights()[1].is_same(full));
}

TEST_CASE("a layer given drawn weights steps as it would over the sequence", "[models]") {
  torch::manual_seed(10);
  RecurrentLayer layer(RecurrentLayerOptions{
      .input_size = 3, .hidden_size = 5, .weight_dropout = 0.4, .recurrent_dropout = 0.4});
  const auto inputs = torch::randn({6, 2, 3});
  const auto drawn = layer->weights();
  const auto whole = layer->forward(inputs, {}, drawn);
  RecurrentState state;
  for (int64_t step = 0; step < 6; ++step) {
    const auto one = layer->forward(inputs.narrow(0, step, 1), state, drawn);
    require_close(one.states[0], whole.states[step]);
    state = one.last;
  }
}

}  // namespace rondo
