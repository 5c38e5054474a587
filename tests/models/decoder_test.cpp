#include "models/decoder.h"

#include <algorithm>

#include "models/seq2seq.h"
#include "tests/models/small_translator.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

void require_equal_states(const DecoderState& actual, const DecoderState& expected) {
  REQUIRE(actual.layers.size() == expected.layers.size());
  for (size_t i = 0; i < expected.layers.size(); ++i) {
    require_close(actual.layers[i].hidden, expected.layers[i].hidden, 1e-5);
    REQUIRE(actual.layers[i].cell.defined() == expected.layers[i].cell.defined());
    if (expected.layers[i].cell.defined()) {
      require_close(actual.layers[i].cell, expected.layers[i].cell, 1e-5);
    }
  }
  REQUIRE(actual.feed.defined() == expected.feed.defined());
  if (expected.feed.defined()) require_close(actual.feed, expected.feed, 1e-5);
}

}  // namespace

TEST_CASE("a decoder returns features, attention and a state of the right shapes", "[models]") {
  const Seq2SeqOptions options = any_small_translator();
  Seq2Seq model(options);
  const SmallBatch batch;
  const auto output = model->forward(batch.source, batch.source_lengths, batch.target_in);
  REQUIRE(output.features.dim() == 3);
  REQUIRE(output.features.size(0) == 4);
  REQUIRE(output.features.size(1) == 3);
  if (options.decoder.type == DecoderType::vanilla) {
    REQUIRE_FALSE(output.attention.defined());
  } else {
    REQUIRE(output.attention.sizes() == torch::IntArrayRef({4, 3, 5}));
  }
  REQUIRE(output.state.layers.size() == size_t(options.decoder.num_layers));
  const auto logits = model->decoder().logits(output.features);
  REQUIRE(logits.sizes() == torch::IntArrayRef({4, 3, kSmallVocab}));
  REQUIRE(logits.dtype() == torch::kFloat32);
}

TEST_CASE("logits are the output layer's linear map of the features", "[models]") {
  Seq2SeqOptions options = small_translator();
  options.tied_softmax = GENERATE(true, false);
  Seq2Seq model(options);
  const SmallBatch batch;
  const auto features =
      model->forward(batch.source, batch.source_lengths, batch.target_in).features;
  DecoderImpl& decoder = model->decoder();
  require_close(decoder.logits(features),
                torch::linear(features, decoder.output_weight(), decoder.output_bias()));
}

TEST_CASE("teacher forcing over a sequence equals stepping token by token", "[models]") {
  torch::manual_seed(1);
  Seq2Seq model(any_small_translator());
  const SmallBatch batch;
  const auto encoded = model->encoder()->forward(batch.source, batch.source_lengths);
  DecoderImpl& decoder = model->decoder();
  const auto memory = decoder.remember(encoded);
  const auto whole = decoder.forward(batch.target_in, memory, decoder.initial_state(encoded));

  DecoderState state = decoder.initial_state(encoded);
  for (int64_t step = 0; step < batch.target_in.size(0); ++step) {
    const auto one = decoder.forward(batch.target_in.narrow(0, step, 1), memory, state);
    require_close(one.features[0], whole.features[step]);
    if (whole.attention.defined()) require_close(one.attention[0], whole.attention[step]);
    state = one.state;
  }
  require_equal_states(state, whole.state);
}

TEST_CASE("beams side by side decode as if their sentences were repeated", "[models]") {
  torch::manual_seed(2);
  Seq2Seq model(any_small_translator());
  const SmallBatch batch;
  const auto encoded = model->encoder()->forward(batch.source, batch.source_lengths);
  DecoderImpl& decoder = model->decoder();
  const auto memory = decoder.remember(encoded);
  const auto rows = int64s({0, 0, 1, 1, 2, 2});
  const auto state = select_rows(decoder.initial_state(encoded), rows);
  const auto tokens = torch::randint(0, kSmallVocab, {1, 6}, torch::kInt64);

  const auto shared = decoder.forward(tokens, memory, state);
  const auto copied = decoder.forward(tokens, select_rows(memory, rows), state);
  require_close(shared.features, copied.features);
  require_equal_states(shared.state, copied.state);
}

TEST_CASE("a decoder's rows do not depend on one another", "[models]") {
  torch::manual_seed(3);
  Seq2Seq model(any_small_translator());
  const SmallBatch batch;
  const auto all = model->forward(batch.source, batch.source_lengths, batch.target_in);
  const auto order = int64s({2, 0});
  const auto some = model->forward(batch.source.index_select(1, order),
                                   batch.source_lengths.index_select(0, order),
                                   batch.target_in.index_select(1, order));
  require_close(some.features, all.features.index_select(1, order));
  require_equal_states(some.state, select_rows(all.state, order));
}

TEST_CASE("what follows a target position cannot change its features", "[models]") {
  torch::manual_seed(4);
  Seq2Seq model(any_small_translator());
  const SmallBatch batch;
  const auto padding = torch::full({2, 3}, 7, torch::kInt64);
  const auto longer = torch::cat({batch.target_in, padding});
  const auto tight = model->forward(batch.source, batch.source_lengths, batch.target_in);
  const auto loose = model->forward(batch.source, batch.source_lengths, longer);
  require_close(loose.features.narrow(0, 0, 4), tight.features);
}

TEST_CASE("padding appended to the source changes no feature", "[models]") {
  torch::manual_seed(5);
  Seq2SeqOptions options = any_small_translator();
  options.decoder.init_hidden = GENERATE(BridgeType::zero, BridgeType::last, BridgeType::mean);
  Seq2Seq model(options);
  const SmallBatch batch;
  const auto padded = torch::cat({batch.source, torch::full({3, 3}, 7, torch::kInt64)});
  const auto tight = model->forward(batch.source, batch.source_lengths, batch.target_in);
  const auto loose = model->forward(padded, batch.source_lengths, batch.target_in);
  require_close(loose.features, tight.features);
}

TEST_CASE("output dropout keeps the expected features", "[models]") {
  torch::manual_seed(6);
  Seq2SeqOptions options = small_translator();
  options.decoder.output_dropout = 0.4;
  Seq2Seq model(options);
  torch::NoGradGuard no_grad;
  // 4000 copies of one pair: the mean over them is the expectation.
  const SmallBatch batch;
  const auto rows = torch::zeros({4000}, torch::kInt64);
  const auto source = batch.source.index_select(1, rows);
  const auto lengths = batch.source_lengths.index_select(0, rows);
  const auto target = batch.target_in.index_select(1, rows);
  const auto trained = model->forward(source, lengths, target).features;
  model->eval();
  const auto evaluated = model->forward(source, lengths, target).features;
  REQUIRE_FALSE(torch::equal(trained, evaluated));
  require_close(trained.mean(1), evaluated.mean(1), 0.03);
}

}  // namespace rondo
