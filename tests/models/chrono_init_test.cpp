#include "models/classifier.h"
#include "models/recurrent.h"
#include "models/seq2seq.h"
#include "tests/models/small_classifier.h"
#include "tests/models/small_translator.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

constexpr int64_t kChronoHidden = 400;

RecurrentLayer chrono_layer(RnnType type, int64_t steps) {
  torch::manual_seed(5);
  RecurrentLayer layer(
      RecurrentLayerOptions{.type = type, .input_size = 2, .hidden_size = kChronoHidden});
  layer->initialise(/*orthogonal=*/false, /*forget_gate_bias=*/1.0, steps);
  return layer;
}

// [gates, hidden]
torch::Tensor gate_biases(const RecurrentLayer& layer) {
  const auto parameters = layer->named_parameters();
  return (parameters["bias_ih"] + parameters["bias_hh"]).detach().view({-1, kChronoHidden});
}

// Evenly between 1 and steps - 1.
void check_memories(const torch::Tensor& bias, double steps) {
  const torch::Tensor memories = bias.exp();
  CHECK(memories.min().item<double>() >= 0.999);
  CHECK(memories.max().item<double>() < steps - 1 + 0.01);
  CHECK(memories.mean().item<double>() == Approx(steps / 2).epsilon(0.08));
  CHECK(memories.std().item<double>() == Approx((steps - 2) / std::sqrt(12)).epsilon(0.08));
}

}  // namespace

TEST_CASE("chrono initialisation spreads the LSTM's memories evenly up to the steps asked for",
          "[models]") {
  const auto bias = gate_biases(chrono_layer(RnnType::lstm, 200));
  check_memories(bias[1], 200);
  require_close(bias[0], -bias[1]);
  require_close(bias.narrow(0, 2, 2), torch::zeros({2, kChronoHidden}));
}

TEST_CASE("chrono initialisation spreads the GRU's memories, by the gate that keeps", "[models]") {
  const auto bias = gate_biases(chrono_layer(RnnType::gru, 200));
  check_memories(bias[1], 200);
  require_close(bias[0], torch::zeros({kChronoHidden}));
  require_close(bias[2], torch::zeros({kChronoHidden}));
}

TEST_CASE("without input or recurrence a state fades by its gate's share a step", "[models]") {
  const auto type = GENERATE(RnnType::lstm, RnnType::gru);
  auto layer = chrono_layer(type, 60);
  const torch::NoGradGuard no_grad;
  for (const char* weights : {"weight_ih", "weight_hh"}) layer->named_parameters()[weights].zero_();
  const torch::Tensor ones = torch::ones({1, kChronoHidden});
  const auto last = layer->forward(torch::zeros({10, 1, 2}), {.hidden = ones, .cell = ones}).last;
  const torch::Tensor kept = torch::sigmoid(gate_biases(layer)[1]).pow(10).unsqueeze(0);
  require_close(type == RnnType::lstm ? last.cell : last.hidden, kept);
}

TEST_CASE("a simple RNN has no gates to initialise", "[models]") {
  CHECK(gate_biases(chrono_layer(RnnType::rnn, 200)).count_nonzero().item<int64_t>() == 0);
}

TEST_CASE("memories of one step or two leave the gates in the middle", "[models]") {
  const int64_t steps = GENERATE(1, 2);
  const auto bias = gate_biases(chrono_layer(RnnType::gru, steps));
  CHECK(bias.count_nonzero().item<int64_t>() == 0);
}

TEST_CASE("every network with recurrent layers takes chrono_init", "[models]") {
  const auto check = [](const torch::nn::Module& network) {
    int layers = 0;
    for (const auto& item : network.named_parameters()) {
      if (!item.key().ends_with("bias_ih")) continue;
      CAPTURE(item.key());
      CHECK(item.value().abs().max().item<double>() > std::log(10));
      ++layers;
    }
    CHECK(layers > 0);
  };
  Seq2SeqOptions translator = small_translator();
  ClassifierOptions classifier = small_classifier();
  translator.chrono_init = classifier.chrono_init = 1000;
  check(*Seq2Seq(translator));
  check(*Classifier(classifier));
}

}  // namespace rondo
