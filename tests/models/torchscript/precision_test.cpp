#include "models/int8_matrix.h"
#include "models/seq2seq.h"
#include "models/torchscript/weights.h"
#include "tests/models/small_classifier.h"
#include "tests/models/small_translator.h"
#include "tests/models/torchscript/script_calls.h"

namespace rondo {
namespace {

// Wide enough that every matrix has the rows to be kept in 8 bits.
Seq2SeqOptions wide_translator() {
  Seq2SeqOptions options = small_translator();
  options.encoder.vocab_size = options.decoder.vocab_size = 40;
  options.encoder.embedding_dim = options.decoder.embedding_dim = 24;
  options.encoder.hidden_size = 16;
  options.decoder.hidden_size = 32;
  return options;
}

struct WideBatch {
  torch::Tensor source = torch::randint(0, 40, {7, 4}, torch::kInt64);
  torch::Tensor lengths = int64s({7, 2, 5, 1});
  torch::Tensor target = torch::randint(0, 40, {6, 4}, torch::kInt64);
};

// |difference| / |expected| over all logits.
double relative_error(const torch::Tensor& actual, const torch::Tensor& expected) {
  REQUIRE(actual.sizes() == expected.sizes());
  REQUIRE(actual.dtype() == torch::kFloat32);
  return ((actual - expected).norm() / expected.norm()).item<double>();
}

// A translator whose file is mostly its tied embedding, as real ones are.
Seq2Seq large_translator() {
  Seq2SeqOptions options = small_translator();
  options.tied_embeddings = true;
  options.encoder.vocab_size = options.decoder.vocab_size = 8000;
  options.encoder.embedding_dim = options.decoder.embedding_dim = 256;
  options.encoder.hidden_size = 96;
  options.decoder.hidden_size = 192;
  options.init_rnn_orthogonal = false;
  return Seq2Seq(options);
}

}  // namespace

TEST_CASE("a scripted translator in fewer bits is near the network", "[torchscript]") {
  torch::manual_seed(1);
  const auto precision = GENERATE(ScriptPrecision::int8, ScriptPrecision::bf16);
  Seq2SeqOptions options = wide_translator();
  const auto kind = any_small_translator().decoder;
  options.decoder.type = kind.type;
  options.decoder.input_feeding = kind.input_feeding;
  options.decoder.rnn_type = options.encoder.rnn_type = kind.rnn_type;
  options.decoder.attention = AttentionType::additive;  // all three of its matrices
  options.tied_softmax = kind.rnn_type == RnnType::lstm;
  options.encoder.layer_norm = options.decoder.layer_norm = kind.rnn_type == RnnType::gru;
  Seq2Seq network(options);
  network->eval();
  const WideBatch batch;
  const auto answer = [&](const torch::jit::Module& twin) {
    return forward(twin, {batch.source, batch.lengths, batch.target});
  };
  const auto twin = script_seq2seq(*network, precision);
  const auto exact = answer(script_seq2seq(*network, ScriptPrecision::fp32));
  const double error = relative_error(answer(twin), exact);
  REQUIRE(error < 3e-2);
  REQUIRE(error > 1e-5);  // it does have fewer bits
  REQUIRE(torch::equal(answer(reloaded(twin)), answer(twin)));
}

TEST_CASE("a scripted classifier in fewer bits is near the network", "[torchscript]") {
  torch::manual_seed(2);
  const auto precision = GENERATE(ScriptPrecision::int8, ScriptPrecision::bf16);
  ClassifierOptions options = small_classifier();
  options.pooling = any_pooling().type;
  options.members = GENERATE(1, 2);
  options.encoder.embedding_dim = 24;
  options.encoder.hidden_size = 16;
  Classifier network(options);
  network->eval();
  const SmallLabelledBatch batch;
  const auto answer = [&](const torch::jit::Module& twin) {
    return forward(twin, {batch.tokens, batch.lengths});
  };
  const auto twin = script_classifier(*network, precision);
  const auto exact = answer(script_classifier(*network, ScriptPrecision::fp32));
  REQUIRE(relative_error(answer(twin), exact) < 3e-2);
  REQUIRE(torch::equal(answer(reloaded(twin)), answer(twin)));
}

TEST_CASE("a scripted int8 matrix gives what the program's gives", "[torchscript]") {
  torch::manual_seed(3);
  const torch::NoGradGuard no_grad;
  torch::nn::Linear layer(24, 32);
  ScriptWeights weights(*layer, ScriptPrecision::int8);
  const Int8Linear expected(layer->weight, layer->bias);
  const auto inputs = torch::randn({3, 5, 24});
  const auto linear = reloaded(weights.linear("weight", "bias"));
  REQUIRE(torch::equal(forward(linear, {inputs}), expected.forward(inputs)));

  const auto tokens = torch::randint(0, 32, {3, 5}, torch::kInt64);
  const auto rows = dequantize(quantize_rows(layer->weight)) * 2.0;
  require_close(forward(reloaded(weights.embedding("weight", 2.0)), {tokens}),
                torch::embedding(rows, tokens), 1e-6);
}

TEST_CASE("fewer bits make a smaller file, and a tied tensor is in it once", "[torchscript]") {
  torch::manual_seed(4);
  auto network = large_translator();
  double bytes = 0;
  for (const auto& weight : network->parameters())
    bytes += 4.0 * static_cast<double>(weight.numel());
  const auto size = [&](ScriptPrecision precision) {
    return static_cast<double>(file_size(script_seq2seq(*network, precision)));
  };
  const double full = size(ScriptPrecision::fp32);
  REQUIRE(full < 1.02 * bytes);
  REQUIRE(size(ScriptPrecision::bf16) < 0.52 * full);
  REQUIRE(size(ScriptPrecision::int8) < 0.27 * full);
  REQUIRE(size(ScriptPrecision::int8) > 0.24 * full);
}

}  // namespace rondo
