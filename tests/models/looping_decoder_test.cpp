// The loop over all steps against the same decoder called step by step, whose steps are LibTorch's
// and whose gradients are autograd's.
#include "models/looping_decoder.h"

#include "models/seq2seq.h"
#include "tests/models/small_translator.h"
#include "tests/support/operator_count.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

struct Result {
  DecoderOutput output;
  std::vector<torch::Tensor> gradients;  // of the source's embedding and on, as parameters() lists
};

// A loss in which every output takes part.
torch::Tensor loss_of(const DecoderOutput& output) {
  torch::manual_seed(11);
  auto loss = (output.features * torch::randn_like(output.features)).sum() +
              (output.attention * torch::randn_like(output.attention)).sum();
  for (const RecurrentState& state : output.state.layers) {
    loss = loss + (state.hidden * torch::randn_like(state.hidden)).sum();
    if (state.cell.defined()) loss = loss + (state.cell * torch::randn_like(state.cell)).sum();
  }
  return loss;
}

DecoderOutput by_single_steps(DecoderImpl& decoder, const torch::Tensor& tokens,
                              const AttentionMemory& memory, const DecoderState& start) {
  DecoderOutput whole{.features = {}, .attention = {}, .state = start};
  std::vector<torch::Tensor> features, attention;
  for (const auto& token : tokens.split(1)) {
    const DecoderOutput one = decoder.forward(token, memory, whole.state);
    features.push_back(one.features);
    attention.push_back(one.attention);
    whole.state = one.state;
  }
  whole.features = torch::cat(features);
  whole.attention = torch::cat(attention);
  return whole;
}

Result run(Seq2Seq& model, const SmallBatch& batch, bool step_by_step) {
  model->zero_grad();
  const auto encoded = model->encoder()->forward(batch.source, batch.source_lengths);
  DecoderImpl& decoder = model->decoder();
  const auto memory = decoder.remember(encoded);
  const auto start = decoder.initial_state(encoded);
  Result result{step_by_step ? by_single_steps(decoder, batch.target_in, memory, start)
                             : decoder.forward(batch.target_in, memory, start),
                {}};
  loss_of(result.output).backward();
  for (const auto& parameter : model->parameters()) {
    result.gradients.push_back(parameter.grad().defined() ? parameter.grad().clone()
                                                          : torch::zeros_like(parameter));
  }
  return result;
}

void require_equal_ways(const Seq2SeqOptions& options) {
  torch::manual_seed(7);
  Seq2Seq model(options);
  for (auto& parameter : model->parameters()) {
    const torch::NoGradGuard no_grad;
    if (parameter.dim() == 1) parameter.add_(torch::randn_like(parameter), 0.3);
  }
  const SmallBatch batch;
  const Result wanted = run(model, batch, true), found = run(model, batch, false);
  require_close(found.output.features, wanted.output.features);
  require_close(found.output.attention, wanted.output.attention);
  for (size_t i = 0; i < wanted.output.state.layers.size(); ++i) {
    require_close(found.output.state.layers[i].hidden, wanted.output.state.layers[i].hidden);
  }
  const auto names = model->named_parameters().keys();
  for (size_t i = 0; i < names.size(); ++i) {
    INFO(names[i]);
    require_close(found.gradients[i], wanted.gradients[i]);
  }
}

// luong with input feeding, or bahdanau.
Seq2SeqOptions any_looping_translator() {
  Seq2SeqOptions options = small_translator();
  options.decoder.type = GENERATE(DecoderType::luong, DecoderType::bahdanau);
  return options;
}

// Multiply-adds too few to matter, so that what is counted is calls.
int64_t ops_of_update(Seq2Seq& model, int64_t steps) {
  const SmallBatch batch{.target_in = torch::randint(0, kSmallVocab, {steps, 3}, torch::kInt64)};
  return operators_of([&] {
    model->forward(batch.source, batch.source_lengths, batch.target_in).features.sum().backward();
  });
}

}  // namespace

TEST_CASE("a loop over all steps equals single steps with every attention and cell", "[models]") {
  Seq2SeqOptions options = any_looping_translator();
  options.decoder.attention = GENERATE(AttentionType::dot, AttentionType::scaled_dot,
                                       AttentionType::general, AttentionType::additive);
  const auto cell = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  options.decoder.rnn_type = cell;
  require_equal_ways(options);
}

TEST_CASE("a loop over all steps equals single steps with every layer around them", "[models]") {
  Seq2SeqOptions options = any_looping_translator();
  options.decoder.num_layers = GENERATE(1, 3);
  options.decoder.residual = GENERATE(true, false);
  options.decoder.layer_norm = GENERATE(true, false);
  options.tied_softmax = GENERATE(true, false);
  require_equal_ways(options);
}

TEST_CASE("a loop over relu states equals single steps", "[models]") {
  Seq2SeqOptions options = any_looping_translator();
  options.decoder.rnn_type = RnnType::rnn;
  options.decoder.nonlinearity = Nonlinearity::relu;
  require_equal_ways(options);
}

TEST_CASE("a loop's gradients may be asked for twice", "[models]") {
  torch::manual_seed(8);
  Seq2Seq model(any_looping_translator());
  const SmallBatch batch;
  const auto loss =
      model->forward(batch.source, batch.source_lengths, batch.target_in).features.sum();
  const auto parameters = model->decoder().layers()[0]->parameters();
  const auto once = torch::autograd::grad({loss}, parameters, {}, /*retain_graph=*/true);
  const auto twice = torch::autograd::grad({loss}, parameters);
  for (size_t i = 0; i < once.size(); ++i) REQUIRE(torch::equal(once[i], twice[i]));
}

TEST_CASE("a step of a loop takes few calls, there and back", "[models]") {
  Seq2SeqOptions options = any_looping_translator();
  options.decoder.num_layers = 1;
  Seq2Seq model(options);
  const int64_t short_update = ops_of_update(model, 10), long_update = ops_of_update(model, 20);
  const int64_t per_step = (long_update - short_update) / 10;
  CAPTURE(per_step);
  REQUIRE(per_step <= 80);
}

}  // namespace rondo
