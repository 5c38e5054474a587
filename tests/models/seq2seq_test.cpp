#include "models/seq2seq.h"

#include <ATen/autocast_mode.h>

#include <set>
#include <stdexcept>

#include "models/loss.h"
#include "tests/models/reference_case.h"
#include "tests/models/small_translator.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

LossSum small_loss(Seq2Seq& model, const SmallBatch& batch) {
  const auto output = model->forward(batch.source, batch.source_lengths, batch.target_in);
  const auto& decoder = model->decoder();
  return linear_cross_entropy(output.features.flatten(0, 1), decoder.output_weight(),
                              decoder.output_bias(), batch.target_in.flatten(), 0.1);
}

// CPU autocast to bfloat16 for a scope.
struct Bf16Scope {
  Bf16Scope() { at::autocast::set_autocast_enabled(at::kCPU, true); }
  ~Bf16Scope() {
    at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(at::kCPU, false);
  }
  Bf16Scope(const Bf16Scope&) = delete;
  Bf16Scope& operator=(const Bf16Scope&) = delete;
};

size_t parameters_in(const Seq2SeqOptions& options) {
  std::set<void*> distinct;
  for (const auto& parameter : Seq2Seq(options)->parameters())
    distinct.insert(parameter.data_ptr());
  return distinct.size();
}

}  // namespace

TEST_CASE("a loss reaches every parameter of a translator", "[models]") {
  torch::manual_seed(1);
  Seq2SeqOptions options = any_small_translator();
  options.tied_softmax = GENERATE(true, false);
  options.decoder.attention = GENERATE(AttentionType::general, AttentionType::additive);
  Seq2Seq model(options);
  small_loss(model, SmallBatch()).sum.backward();
  require_gradient_everywhere(*model);
}

TEST_CASE("tied embeddings are one tensor", "[models]") {
  Seq2SeqOptions options = small_translator();
  options.tied_softmax = options.tied_embeddings = false;
  const size_t untied = parameters_in(options);
  options.tied_embeddings = true;
  REQUIRE(parameters_in(options) == untied - 1);
  options.tied_softmax = true;
  REQUIRE(parameters_in(options) == untied - 2);

  Seq2Seq model(options);
  const auto parameters = model->named_parameters();
  REQUIRE(parameters.contains("embedding.weight"));
  REQUIRE(model->decoder().output_weight().is_same(parameters["embedding.weight"]));
}

TEST_CASE("every recurrent layer of a translator is initialised as its options say", "[models]") {
  torch::manual_seed(2);
  Seq2SeqOptions options = small_translator();
  options.lstm_forget_gate = 0.75;
  Seq2Seq model(options);
  const auto parameters = model->named_parameters();
  for (const std::string layer : {"encoder.forward_0", "encoder.backward_0", "decoder.layer_0"}) {
    const auto weight = parameters[layer + ".weight_hh"];
    const int64_t hidden = weight.size(1);
    for (const auto& gate : weight.split(hidden)) {
      require_close(gate.matmul(gate.t()), torch::eye(hidden));
    }
    const auto bias = parameters[layer + ".bias_ih"] + parameters[layer + ".bias_hh"];
    require_close(bias.narrow(0, hidden, hidden), torch::full({hidden}, 0.75));
  }
}

TEST_CASE("one seed draws one set of weights", "[models]") {
  torch::manual_seed(3);
  Seq2Seq first(small_translator());
  torch::manual_seed(3);
  Seq2Seq second(small_translator());
  for (const auto& parameter : first->named_parameters()) {
    REQUIRE(torch::equal(parameter.value(), second->named_parameters()[parameter.key()]));
  }
}

TEST_CASE("options that contradict each other are refused", "[models]") {
  Seq2SeqOptions options = small_translator();
  SECTION("an empty vocabulary") { options.encoder.vocab_size = 0; }
  SECTION("no layer") { options.decoder.num_layers = 0; }
  SECTION("tied embeddings of two vocabularies") {
    options.tied_embeddings = true;
    options.decoder.vocab_size += 1;
  }
  SECTION("dot attention between different widths") {
    options.decoder.attention = AttentionType::dot;
    options.decoder.hidden_size = 6;
  }
  REQUIRE_THROWS_AS(Seq2Seq(options), std::invalid_argument);
}

TEST_CASE("bf16 autocast gives the loss of fp32 within two hundredths", "[models]") {
  torch::manual_seed(4);
  Seq2SeqOptions options = any_small_translator();
  options.encoder.layer_norm = options.decoder.layer_norm = GENERATE(false, true);
  Seq2Seq model(options);
  const SmallBatch batch;
  const double full = small_loss(model, batch).sum.item<double>();
  const Bf16Scope bf16;
  const auto probe = torch::ones({2, 2});
  REQUIRE(probe.matmul(probe).dtype() == torch::kBFloat16);
  const LossSum loss = small_loss(model, batch);
  loss.sum.backward();
  REQUIRE(loss.sum.item<double>() == Approx(full).epsilon(2e-2));
  require_gradient_everywhere(*model);
}

}  // namespace rondo
