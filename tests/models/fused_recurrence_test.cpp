#include "models/fused_recurrence.h"

#include "app/machine/precision.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

constexpr int64_t kSteps = 5, kBatchRows = 7, kInput = 20,
                  kUnits = 37;  // no multiples of any vector
constexpr double kSinglePrecision = 1e-5,
                 kHalf = 0.03;  // relative to 1 + |value|, of fp32 and bf16

// A layer's call with random values, the same for the same seed.
struct LayerCall {
  RnnType type;
  Nonlinearity nonlinearity;
  torch::Tensor inputs, hidden, cell;
  std::vector<torch::Tensor> weights;

  LayerCall(RnnType rnn, Nonlinearity function, torch::ScalarType scalar = torch::kFloat)
      : type(rnn), nonlinearity(function) {
    torch::manual_seed(11);
    const int64_t gates = type == RnnType::lstm ? 4 : type == RnnType::gru ? 3 : 1;
    const auto leaf = [&](torch::IntArrayRef sizes, double scale) {
      return (torch::randn(sizes) * scale).to(scalar).requires_grad_();
    };
    inputs = leaf({kSteps, kBatchRows, kInput}, 1.0);
    hidden = leaf({kBatchRows, kUnits}, 0.5);
    if (type == RnnType::lstm) cell = leaf({kBatchRows, kUnits}, 0.5);
    weights = {leaf({gates * kUnits, kInput}, 0.2), leaf({gates * kUnits, kUnits}, 0.2),
               leaf({gates * kUnits}, 0.2), leaf({gates * kUnits}, 0.2)};
  }

  RecurrentOutput fused(InstructionSet instructions = best_instructions()) const {
    return FusedRecurrence{type, nonlinearity, instructions}.forward(inputs, {hidden, cell},
                                                                     weights);
  }
  RecurrentOutput by_libtorch() const {
    RecurrentOutput output;
    torch::Tensor last, last_cell;
    const auto first = hidden.unsqueeze(0);
    const auto run = [&](auto&& layer) {
      std::tie(output.states, last) = layer(first, weights, true, 1, 0.0, true, false, false);
    };
    if (type == RnnType::lstm) {
      std::tie(output.states, last, last_cell) = torch::lstm(
          inputs, {first, cell.unsqueeze(0)}, weights, true, 1, 0.0, true, false, false);
      output.last.cell = last_cell.squeeze(0);
    } else if (type == RnnType::gru) {
      run([&](auto&&... rest) { return torch::gru(inputs, rest...); });
    } else if (nonlinearity == Nonlinearity::relu) {
      run([&](auto&&... rest) { return torch::rnn_relu(inputs, rest...); });
    } else {
      run([&](auto&&... rest) { return torch::rnn_tanh(inputs, rest...); });
    }
    output.last.hidden = last.squeeze(0);
    return output;
  }
  std::vector<torch::Tensor> gradients(const RecurrentOutput& output) const {
    torch::manual_seed(12);
    auto loss = (output.states * torch::randn({kSteps, kBatchRows, kUnits})).sum() +
                (output.last.hidden * torch::randn({kBatchRows, kUnits})).sum();
    if (output.last.cell.defined()) {
      loss = loss + (output.last.cell * torch::randn({kBatchRows, kUnits})).sum();
    }
    std::vector<torch::Tensor> leaves{inputs, hidden};
    if (cell.defined()) leaves.push_back(cell);
    leaves.insert(leaves.end(), weights.begin(), weights.end());
    return torch::autograd::grad({loss}, leaves);
  }
};

LayerCall any_call(torch::ScalarType scalar = torch::kFloat) {
  const auto type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  return LayerCall(type, Nonlinearity::tanh, scalar);
}

void require_equal_passes(const LayerCall& call, const RecurrentOutput& found,
                          const LayerCall& exact, double tolerance) {
  const auto expected = exact.by_libtorch();
  require_close(found.states, expected.states, tolerance);
  require_close(found.last.hidden, expected.last.hidden, tolerance);
  if (call.type == RnnType::lstm) require_close(found.last.cell, expected.last.cell, tolerance);
  const auto ours = call.gradients(found), theirs = exact.gradients(expected);
  for (size_t i = 0; i < ours.size(); ++i) {
    CAPTURE(i);
    const auto scale = theirs[i].abs().max().clamp_min(1.0);
    require_close(ours[i] / scale, theirs[i] / scale, tolerance);
  }
}

}  // namespace

TEST_CASE("a fused recurrence and its gradients are autograd's, with every instruction set",
          "[models]") {
  const auto type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  const auto nonlinearity = GENERATE(Nonlinearity::tanh, Nonlinearity::relu);
  const LayerCall call(type, nonlinearity), exact(type, nonlinearity, torch::kDouble);
  for (const InstructionSet instructions : supported_instructions()) {
    CAPTURE(static_cast<int>(instructions));
    require_equal_passes(call, call.fused(instructions), exact, kSinglePrecision);
  }
}

TEST_CASE("a fused recurrence under bf16 autocast follows the exact one", "[models]") {
  const LayerCall call = any_call(), exact(call.type, call.nonlinearity, torch::kDouble);
  for (const InstructionSet instructions : supported_instructions()) {
    CAPTURE(static_cast<int>(instructions));
    RecurrentOutput output;
    {
      const AutocastScope autocast(torch::kCPU, /*bf16=*/true);
      output = call.fused(instructions);
    }
    REQUIRE(output.states.scalar_type() == torch::kBFloat16);
    require_equal_passes(call, output, exact, kHalf);
  }
}

TEST_CASE("a fused recurrence is one step of the gradient's graph", "[models]") {
  const LayerCall call = any_call();
  const auto output = call.fused();
  REQUIRE(output.states.grad_fn()->next_edges().size() == 7);
  for (const auto& edge : output.states.grad_fn()->next_edges()) {
    if (edge.function) REQUIRE(edge.function->next_edges().empty());
  }
}

TEST_CASE("a fused recurrence without a gradient gives the same bits", "[models]") {
  const LayerCall call = any_call();
  const auto trained = call.fused();
  const torch::NoGradGuard no_grad;
  const auto evaluated = call.fused();
  REQUIRE(torch::equal(evaluated.states, trained.states));
  if (call.type == RnnType::lstm) REQUIRE(torch::equal(evaluated.last.cell, trained.last.cell));
}

TEST_CASE("threads do not change a fused recurrence's states", "[models]") {
  const LayerCall call = any_call();
  const int threads = torch::get_num_threads();
  torch::set_num_threads(1);
  const auto alone = call.fused();
  const auto at_alone = call.gradients(alone);
  torch::set_num_threads(2);
  const auto both = call.fused();
  const auto at_both = call.gradients(both);
  torch::set_num_threads(threads);
  REQUIRE(torch::equal(alone.states, both.states));
  REQUIRE(torch::equal(at_alone[0], at_both[0]));
}

TEST_CASE("a frozen layer still sends a gradient to its inputs", "[models]") {
  LayerCall call = any_call();
  const auto expected = call.gradients(call.fused())[0];
  for (auto& weight : call.weights) weight = weight.detach();
  const auto states = call.fused();
  torch::manual_seed(12);
  auto loss = (states.states * torch::randn({kSteps, kBatchRows, kUnits})).sum() +
              (states.last.hidden * torch::randn({kBatchRows, kUnits})).sum();
  if (states.last.cell.defined()) {
    loss = loss + (states.last.cell * torch::randn({kBatchRows, kUnits})).sum();
  }
  REQUIRE(torch::equal(torch::autograd::grad({loss}, {call.inputs})[0], expected));
}

TEST_CASE("what a fused recurrence cannot take is left to LibTorch", "[models]") {
  const LayerCall floats = any_call(), doubles(floats.type, floats.nonlinearity, torch::kDouble);
  const auto takes = [](const LayerCall& call, const torch::Tensor& inputs) {
    return FusedRecurrence::takes(inputs, {call.hidden, call.cell}, call.weights);
  };
  REQUIRE(takes(floats, floats.inputs));
  REQUIRE_FALSE(takes(doubles, doubles.inputs));
  REQUIRE_FALSE(takes(floats, torch::empty({0, kBatchRows, kInput})));
  REQUIRE_FALSE(takes(floats, floats.inputs.to(torch::kBFloat16)));
  const AutocastScope autocast(torch::kCPU, /*bf16=*/true);
  REQUIRE(takes(floats, floats.inputs.to(torch::kBFloat16)));
}

}  // namespace rondo
