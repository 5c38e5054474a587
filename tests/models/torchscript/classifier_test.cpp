#include "models/classifier.h"

#include "tests/models/small_classifier.h"
#include "tests/models/torchscript/script_calls.h"

namespace rondo {
namespace {

Classifier evaluated(const ClassifierOptions& options) {
  Classifier network(options);
  network->eval();
  return network;
}

torch::Tensor logits(Classifier& network, const SmallLabelledBatch& batch) {
  const torch::NoGradGuard no_grad;
  return network->forward(batch.tokens, batch.lengths).logits;
}

void require_twin(const ClassifierOptions& options) {
  auto network = evaluated(options);
  const SmallLabelledBatch batch;
  const auto expected = logits(network, batch);
  const auto twin = script_classifier(*network, ScriptPrecision::fp32);
  require_close(forward(twin, {batch.tokens, batch.lengths}), expected);
  require_close(forward(reloaded(twin), {batch.tokens, batch.lengths}), expected);
}

}  // namespace

TEST_CASE("a scripted classifier is the network, whatever pools and how many", "[torchscript]") {
  torch::manual_seed(1);
  ClassifierOptions options = small_classifier();
  options.pooling = any_pooling().type;
  options.members = GENERATE(1, 3);
  require_twin(options);
}

TEST_CASE("a scripted classifier is the network, whatever its encoder", "[torchscript]") {
  torch::manual_seed(5);
  ClassifierOptions options = small_classifier();
  options.encoder.rnn_type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  options.encoder.bidirectional = GENERATE(true, false);
  options.encoder.residual = GENERATE(true, false);
  options.encoder.num_layers = 3;
  require_twin(options);
}

TEST_CASE("a scripted classifier normalises its layers and last states", "[torchscript]") {
  torch::manual_seed(6);
  ClassifierOptions options = small_classifier();
  options.encoder.layer_norm = true;
  options.encoder.num_layers = 2;
  options.encoder.bidirectional = GENERATE(true, false);
  options.pooling = Pooling::concat;
  require_twin(options);
}

TEST_CASE("padding does not move a scripted classifier", "[torchscript]") {
  torch::manual_seed(2);
  ClassifierOptions options = small_classifier();
  options.pooling = any_pooling().type;
  auto network = evaluated(options);
  const auto twin = script_classifier(*network, ScriptPrecision::fp32);
  SmallLabelledBatch batch;
  const auto expected = forward(twin, {batch.tokens, batch.lengths});
  batch.tokens = torch::cat({batch.tokens, torch::full({3, 3}, 4, torch::kInt64)});
  batch.tokens[4][1] = 8;  // beyond the second sentence's two tokens
  require_close(forward(twin, {batch.tokens, batch.lengths}), expected);
}

TEST_CASE("a scripted classifier of dropout and word dropout applies neither", "[torchscript]") {
  torch::manual_seed(3);
  ClassifierOptions options = small_classifier();
  options.encoder.dropout = options.encoder.embedding_dropout = options.output_dropout = 0.5;
  options.encoder.word_dropout = options.encoder.weight_dropout = 0.5;
  options.encoder.recurrent_dropout = 0.5;
  auto network = evaluated(options);
  const SmallLabelledBatch batch;
  const auto twin = script_classifier(*network, ScriptPrecision::fp32);
  require_close(forward(twin, {batch.tokens, batch.lengths}), logits(network, batch));
}

TEST_CASE("a scripted classifier says what is wrong with its arguments", "[torchscript]") {
  torch::manual_seed(4);
  auto network = evaluated(small_classifier());
  const auto twin = script_classifier(*network, ScriptPrecision::fp32);
  const SmallLabelledBatch batch;
  require_refusal(twin, "forward", {batch.tokens[0], batch.lengths}, "tokens must be");
  require_refusal(twin, "forward", {batch.tokens, int64s({5, 9, 4})}, "each length must be");
  require_refusal(twin, "forward", {batch.tokens + kClassifierVocab, batch.lengths},
                  "outside the vocabulary");
}

}  // namespace rondo
