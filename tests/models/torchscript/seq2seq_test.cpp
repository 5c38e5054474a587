#include "models/seq2seq.h"

#include "tests/models/small_translator.h"
#include "tests/models/torchscript/script_calls.h"

namespace rondo {
namespace {

Seq2Seq evaluated(const Seq2SeqOptions& options) {
  Seq2Seq network(options);
  network->eval();
  return network;
}

torch::Tensor logits(Seq2Seq& network, const SmallBatch& batch) {
  const torch::NoGradGuard no_grad;
  const auto output = network->forward(batch.source, batch.source_lengths, batch.target_in);
  return network->decoder().logits(output.features);
}

torch::Tensor twin_logits(const torch::jit::Module& twin, const SmallBatch& batch) {
  return forward(twin, {batch.source, batch.source_lengths, batch.target_in});
}

void require_twin(const Seq2SeqOptions& options) {
  auto network = evaluated(options);
  const SmallBatch batch;
  const auto expected = logits(network, batch);
  const auto twin = script_seq2seq(*network, ScriptPrecision::fp32);
  require_close(twin_logits(twin, batch), expected);
  require_close(twin_logits(reloaded(twin), batch), expected);
}

}  // namespace

TEST_CASE("a scripted translator is the network, whatever its decoder", "[torchscript]") {
  torch::manual_seed(1);
  Seq2SeqOptions options = any_small_translator();
  SECTION("of one layer") { options.decoder.num_layers = 1; }
  SECTION("of three residual layers of relu") {
    options.decoder.num_layers = 3;
    options.decoder.residual = true;
    options.decoder.nonlinearity = Nonlinearity::relu;
  }
  require_twin(options);
}

TEST_CASE("a scripted translator is the network, whatever its attention", "[torchscript]") {
  torch::manual_seed(2);
  Seq2SeqOptions options = small_translator();
  options.decoder.type = GENERATE(DecoderType::gnmt, DecoderType::luong, DecoderType::bahdanau);
  options.decoder.attention = GENERATE(AttentionType::dot, AttentionType::scaled_dot,
                                       AttentionType::general, AttentionType::additive);
  require_twin(options);
}

TEST_CASE("a scripted translator is the network, whatever is tied or scaled", "[torchscript]") {
  torch::manual_seed(3);
  Seq2SeqOptions options = small_translator();
  options.decoder.type = DecoderType::luong;  // what is fed depends on the output layer
  options.tied_embeddings = GENERATE(true, false);
  options.tied_softmax = GENERATE(true, false);
  options.scale_embeddings = GENERATE(true, false);
  require_twin(options);
}

TEST_CASE("a scripted translator is the network, whatever the state bridge", "[torchscript]") {
  torch::manual_seed(4);
  Seq2SeqOptions options = small_translator();
  options.decoder.init_hidden = GENERATE(BridgeType::zero, BridgeType::last, BridgeType::mean);
  require_twin(options);
}

TEST_CASE("a scripted translator normalises its layers as the network does", "[torchscript]") {
  torch::manual_seed(9);
  Seq2SeqOptions options = small_translator();
  options.decoder.type =
      GENERATE(DecoderType::gnmt, DecoderType::luong, DecoderType::bahdanau, DecoderType::vanilla);
  options.encoder.layer_norm = options.decoder.layer_norm = true;
  options.encoder.num_layers = 2;
  options.decoder.residual = true;
  Seq2Seq network(options);
  {
    const torch::NoGradGuard no_grad;  // gains and biases that are not 1 and 0
    for (auto& weight : network->named_parameters()) {
      if (weight.key().find("norm_") != std::string::npos) weight.value().add_(0.3).mul_(1.2);
    }
  }
  network->eval();
  const SmallBatch batch;
  const auto expected = logits(network, batch);
  const auto twin = script_seq2seq(*network, ScriptPrecision::fp32);
  require_close(twin_logits(twin, batch), expected);
  require_close(twin_logits(reloaded(twin), batch), expected);
}

TEST_CASE("steps of a scripted translator are its whole pass", "[torchscript]") {
  torch::manual_seed(5);
  const torch::NoGradGuard no_grad;
  const auto options = any_small_translator();
  auto network = evaluated(options);
  auto twin = reloaded(script_seq2seq(*network, ScriptPrecision::fp32));
  const SmallBatch batch;
  const auto whole = twin_logits(twin, batch);
  auto at = start(twin, batch.source, batch.source_lengths);
  const int64_t source_time = options.decoder.type == DecoderType::vanilla ? 0 : 5;
  for (int64_t time = 0; time < batch.target_in.size(0); ++time) {
    const auto answer = step(twin, batch.target_in[time], at);
    require_close(answer.logits, whole[time]);
    REQUIRE(answer.attention.sizes() == torch::IntArrayRef{3, source_time});
    if (source_time > 0) require_close(answer.attention.sum(-1), torch::ones({3}));
    at.state = answer.state;
  }
}

TEST_CASE("a scripted search keeps one memory a sentence for any hypotheses", "[torchscript]") {
  torch::manual_seed(6);
  const torch::NoGradGuard no_grad;
  auto network = evaluated(any_small_translator());
  auto twin = script_seq2seq(*network, ScriptPrecision::fp32);
  const SmallBatch batch;
  const auto from = start(twin, batch.source, batch.source_lengths);
  const auto first = step(twin, batch.target_in[0], from);
  const auto second = step(twin, batch.target_in[1], {from.memory, first.state});

  // Sentences 2 and 0 stay, two hypotheses each.
  const auto rows = int64s({2, 2, 0, 0}), sentences = int64s({2, 0});
  const ScriptStart kept = {twin.get_method("select_memory")({from.memory, sentences}),
                            twin.get_method("select_state")({first.state, rows})};
  const auto answer = step(twin, batch.target_in[1].index_select(0, rows), kept);
  require_close(answer.logits, second.logits.index_select(0, rows));
  require_close(answer.attention, second.attention.index_select(0, rows));
}

TEST_CASE("padding does not move a scripted translator", "[torchscript]") {
  torch::manual_seed(7);
  auto network = evaluated(any_small_translator());
  const auto twin = script_seq2seq(*network, ScriptPrecision::fp32);
  SmallBatch batch;
  const auto expected = twin_logits(twin, batch);
  batch.source = torch::cat({batch.source, torch::full({2, 3}, 7, torch::kInt64)});
  batch.source[4][1] = 8;  // beyond the second sentence's two tokens
  require_close(twin_logits(twin, batch), expected);
}

TEST_CASE("a scripted translator says what is wrong with its arguments", "[torchscript]") {
  torch::manual_seed(8);
  auto network = evaluated(small_translator());
  auto twin = script_seq2seq(*network, ScriptPrecision::fp32);
  const SmallBatch batch;
  const auto& [source, lengths, target] = batch;
  const auto refuses = [&](const torch::Tensor& tokens, const torch::Tensor& sizes,
                           const std::string& text) {
    require_refusal(twin, "start", {tokens, sizes}, text);
  };
  refuses(source[0], lengths, "tokens must be [time, batch]");
  refuses(source.to(torch::kInt32), lengths, "must be int64");
  refuses(source, int64s({5, 2}), "one for each column of tokens");
  refuses(source, int64s({6, 2, 4}), "each length must be in [1, time]");
  refuses(source, int64s({5, 0, 4}), "each length must be in [1, time]");
  refuses(source + kSmallVocab, lengths, "outside the vocabulary");
  refuses(source - kSmallVocab, lengths, "outside the vocabulary");

  const auto from = start(twin, source, lengths);
  require_refusal(twin, "step", {target, from.memory, from.state}, "tokens must be [rows]");
  require_refusal(twin, "step", {target[0].slice(0, 0, 2), from.memory, from.state},
                  "as many as the rows");
  require_refusal(twin, "step", {target[0] + kSmallVocab, from.memory, from.state},
                  "outside the vocabulary");
  require_refusal(twin, "forward", {source, lengths, target[0]}, "target_in must be");
}

}  // namespace rondo
