#include "models/classifier.h"
#include "models/recurrent.h"
#include "models/seq2seq.h"
#include "tests/models/small_classifier.h"
#include "tests/models/small_translator.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

constexpr uint64_t kNetworkSeed = 2;  // of weights and tokens
constexpr double kClose = 0.1;  // what rounded activations may change, relative to 1 + |value|

// A network in evaluation mode, the same for the same options.
template <typename Network, typename Options>
Network seeded(const Options& options) {
  torch::manual_seed(kNetworkSeed);
  Network network(options);
  network->eval();
  return network;
}

bool stays_in_fp32(const std::string& name) {
  for (const std::string end : {"energy.weight", "pool.score.weight", "output.weight"}) {
    if (name.ends_with(end)) return true;
  }
  return false;
}

// The matrices rounded by hand; the products stay in fp32.
void round_matrices(torch::nn::Module& network) {
  for (auto& parameter : network.named_parameters()) {
    if (parameter.value().dim() == 2 && !stays_in_fp32(parameter.key())) {
      round_to_int8(parameter.value());
    }
  }
}

void require_equal_parameters(const torch::nn::Module& a, const torch::nn::Module& b) {
  const auto left = a.named_parameters(), right = b.named_parameters();
  REQUIRE(left.keys() == right.keys());
  for (const auto& parameter : left) {
    INFO(parameter.key());
    REQUIRE(torch::equal(parameter.value(), right[parameter.key()]));
  }
}

torch::Tensor logits_of(Seq2Seq& network, const SmallBatch& batch) {
  const auto output = network->forward(batch.source, batch.source_lengths, batch.target_in);
  return network->decoder().logits(output.features);
}

}  // namespace

TEST_CASE("a layer over int8 weights follows the layer over rounded ones", "[models]") {
  const auto type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  const RecurrentLayerOptions options{.type = type, .input_size = 20, .hidden_size = 37};
  auto exact = seeded<RecurrentLayer>(options), quantized = seeded<RecurrentLayer>(options);
  round_matrices(*exact);
  quantized->quantize();
  const torch::NoGradGuard no_grad;
  const auto inputs = torch::randn({6, 3, 20});
  RecurrentState start{.hidden = torch::rand({3, 37}), .cell = {}};
  if (type == RnnType::lstm) start.cell = torch::rand({3, 37});
  const auto before = start.hidden.clone();
  const auto expected = exact->forward(inputs, start), found = quantized->forward(inputs, start);
  require_close(found.states, expected.states, kClose);
  require_close(found.last.hidden, expected.last.hidden, kClose);
  REQUIRE(found.last.cell.defined() == (type == RnnType::lstm));
  if (type == RnnType::lstm) require_close(found.last.cell, expected.last.cell, kClose);
  REQUIRE(torch::equal(start.hidden, before));
  REQUIRE_FALSE(torch::equal(found.states, expected.states));
}

TEST_CASE("a state given to an int8 layer is not written over", "[models]") {
  auto layer = seeded<RecurrentLayer>(RecurrentLayerOptions{.input_size = 4, .hidden_size = 5});
  layer->quantize();
  const torch::NoGradGuard no_grad;
  const auto shared = torch::zeros({2, 5});  // hidden and cell in one, as a zero state is
  const auto inputs = torch::randn({1, 2, 4});
  const auto first = layer->forward(inputs, {shared, shared});
  const auto second = layer->forward(inputs, first.last);
  REQUIRE(shared.abs().sum().item<double>() == 0);
  require_close(layer->forward(inputs, {shared, shared}).states, first.states, 0);
  REQUIRE_FALSE(torch::equal(second.states, first.states));
}

TEST_CASE("every int8 translator answers nearly as over rounded weights", "[models]") {
  Seq2SeqOptions options = any_small_translator();
  options.tied_softmax = GENERATE(true, false);
  options.encoder.layer_norm = options.decoder.layer_norm = GENERATE(true, false);
  auto exact = seeded<Seq2Seq>(options), quantized = seeded<Seq2Seq>(options);
  round_matrices(*exact);
  quantized->quantize();
  require_equal_parameters(*exact, *quantized);
  const SmallBatch batch;
  const torch::NoGradGuard no_grad;
  const auto expected = logits_of(exact, batch), found = logits_of(quantized, batch);
  require_close(found, expected, kClose);
  REQUIRE_FALSE(torch::equal(found, expected));
}

TEST_CASE("every kind of attention can be quantised", "[models]") {
  Seq2SeqOptions options = small_translator();
  options.decoder.attention = GENERATE(AttentionType::dot, AttentionType::scaled_dot,
                                       AttentionType::general, AttentionType::additive);
  options.decoder.init_hidden = GENERATE(BridgeType::zero, BridgeType::last, BridgeType::mean);
  auto exact = seeded<Seq2Seq>(options), quantized = seeded<Seq2Seq>(options);
  round_matrices(*exact);
  quantized->quantize();
  require_equal_parameters(*exact, *quantized);
  const SmallBatch batch;
  const torch::NoGradGuard no_grad;
  require_close(logits_of(quantized, batch), logits_of(exact, batch), kClose);
}

TEST_CASE("every int8 classifier answers nearly as over rounded weights", "[models]") {
  ClassifierOptions options = small_classifier();
  options.pooling = any_pooling().type;
  options.members = GENERATE(1, 2);
  auto exact = seeded<Classifier>(options), quantized = seeded<Classifier>(options);
  round_matrices(*exact);
  quantized->quantize();
  require_equal_parameters(*exact, *quantized);
  const SmallLabelledBatch batch;
  const torch::NoGradGuard no_grad;
  require_close(quantized->forward(batch.tokens, batch.lengths).logits,
                exact->forward(batch.tokens, batch.lengths).logits, kClose);
}

TEST_CASE("quantising a second time changes nothing", "[models]") {
  auto network = seeded<Seq2Seq>(small_translator());
  const SmallBatch batch;
  const torch::NoGradGuard no_grad;
  network->quantize();
  const auto once = logits_of(network, batch);
  network->quantize();
  require_close(logits_of(network, batch), once, 1e-5);
}

TEST_CASE("a quantised network cannot be trained, and says so", "[models]") {
  const SmallBatch batch;
  auto translator = seeded<Seq2Seq>(small_translator());
  translator->quantize();
  translator->train();
  REQUIRE_THAT(message_of<c10::Error>([&] { logits_of(translator, batch); }),
               ContainsSubstring("cannot be trained"));
  auto classifier = seeded<Classifier>(small_classifier());
  classifier->quantize();
  classifier->train();
  const SmallLabelledBatch labelled;
  REQUIRE_THROWS_AS(classifier->forward(labelled.tokens, labelled.lengths), c10::Error);
}

TEST_CASE("a gradient is taken through the rounded weights", "[models]") {
  auto exact = seeded<Classifier>(small_classifier());
  auto quantized = seeded<Classifier>(small_classifier());
  round_matrices(*exact);
  quantized->quantize();
  const SmallLabelledBatch batch;
  const auto gradient = [&](Classifier& network) {
    const auto embedded = network->embed(batch.tokens).detach().requires_grad_(true);
    network->classify(embedded, batch.lengths).logits.square().sum().backward();
    return embedded.grad();
  };
  const auto expected = gradient(exact);
  REQUIRE(expected.abs().sum().item<double>() > 0);
  require_close(gradient(quantized), expected, 1e-6);
}

}  // namespace rondo
