#include "models/sequence_reader.h"

#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

SequenceReader any_reader() {
  torch::manual_seed(6);
  SequenceReaderOptions options{.inputs = 3, .outputs = 2, .hidden_size = 5};
  options.rnn_type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  options.num_layers = GENERATE(1, 2);
  return SequenceReader(options);
}

}  // namespace

TEST_CASE("a sequence reader speaks at the last steps alone", "[models]") {
  auto reader = any_reader();
  const auto inputs = torch::randn({7, 4, 3});
  const auto all = reader->forward(inputs, 7);
  REQUIRE(all.sizes() == torch::IntArrayRef({7, 4, 2}));
  require_close(reader->forward(inputs, 2), all.narrow(0, 5, 2));
}

TEST_CASE("what a sequence reader says at a step depends on all before it and none after",
          "[models]") {
  auto reader = any_reader();
  const auto inputs = torch::randn({6, 1, 3}).requires_grad_();
  reader->forward(inputs, 6)[3].sum().backward();
  const auto reached = inputs.grad().abs().sum(2).flatten();  // [time]
  CHECK((reached.narrow(0, 0, 4) > 0).all().item<bool>());
  CHECK((reached.narrow(0, 4, 2) == 0).all().item<bool>());
}

TEST_CASE("a sequence reader of one layer is that layer and a linear one", "[models]") {
  SequenceReader reader(SequenceReaderOptions{.inputs = 2, .outputs = 3, .hidden_size = 4});
  const auto weights = reader->named_parameters();
  const auto inputs = torch::randn({5, 2, 2});
  const auto zeros = torch::zeros({1, 2, 4});
  const auto states =
      std::get<0>(torch::lstm(inputs, {zeros, zeros},
                              {weights["layer_0.weight_ih"], weights["layer_0.weight_hh"],
                               weights["layer_0.bias_ih"], weights["layer_0.bias_hh"]},
                              true, 1, 0.0, false, false, false));
  require_close(reader->forward(inputs, 1)[0],
                torch::addmm(weights["output.bias"], states[4], weights["output.weight"].t()));
}

TEST_CASE("the last answer's gradient reaches every parameter of a sequence reader", "[models]") {
  auto reader = any_reader();
  reader->forward(torch::randn({5, 2, 3}), 1).square().sum().backward();
  require_gradient_everywhere(*reader);
}

TEST_CASE("a sequence reader refuses sizes that make no model, and too many steps", "[models]") {
  CHECK_THROWS_WITH(SequenceReader(SequenceReaderOptions{.inputs = 2, .outputs = 0}),
                    "outputs must be at least 1");
  CHECK_THROWS_WITH(
      SequenceReader(SequenceReaderOptions{.inputs = 2, .outputs = 1, .num_layers = 0}),
      "num_layers must be at least 1");
  auto reader = any_reader();
  CHECK_THROWS(reader->forward(torch::randn({5, 2, 3}), 6));
  CHECK_THROWS(reader->forward(torch::randn({5, 2}), 1));
}

}  // namespace rondo
