// Translators with the regularisers that hold for whole sequences, and with layer norm.
#include "models/loss.h"
#include "models/seq2seq.h"
#include "tests/models/small_translator.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

Seq2SeqOptions any_normalised_translator() {
  Seq2SeqOptions options = any_small_translator();
  options.encoder.layer_norm = options.decoder.layer_norm = true;
  options.decoder.residual = true;
  return options;
}

void drop_everything(DecoderOptions& options) {
  options.dropout = options.embedding_dropout = options.output_dropout = 0.4;
  options.word_dropout = options.weight_dropout = options.recurrent_dropout = 0.4;
}

torch::Tensor features_of(Seq2Seq& model, const SmallBatch& batch) {
  return model->forward(batch.source, batch.source_lengths, batch.target_in).features;
}

// A batch as wide as `copies` times the small one's first pair.
SmallBatch repeated(int64_t copies) {
  const SmallBatch batch;
  return {.source = batch.source.narrow(1, 0, 1).expand({-1, copies}).contiguous(),
          .source_lengths = batch.source_lengths.narrow(0, 0, 1).expand({copies}).contiguous(),
          .target_in = batch.target_in.narrow(1, 0, 1).expand({-1, copies}).contiguous()};
}

}  // namespace

TEST_CASE("a translator without layer norm has the parameters it always had", "[models]") {
  Seq2SeqOptions options = small_translator();
  options.tied_embeddings = true;
  drop_everything(options.decoder);
  Seq2Seq model(options);
  std::string names;
  for (const auto& name : model->named_parameters().keys()) {
    if (name.ends_with("weight") || name.ends_with("weight_hh")) names += name + " ";
  }
  CHECK(names ==
        "embedding.weight encoder.forward_0.weight_hh encoder.backward_0.weight_hh "
        "decoder.layer_0.weight_hh decoder.layer_1.weight_hh decoder.attention.key.weight "
        "decoder.bridge.weight decoder.readout.weight ");
}

TEST_CASE("a normalised decoder's whole pass equals its steps", "[models]") {
  torch::manual_seed(1);
  Seq2Seq model(any_normalised_translator());
  const SmallBatch batch;
  const auto encoded = model->encoder()->forward(batch.source, batch.source_lengths);
  DecoderImpl& decoder = model->decoder();
  const auto memory = decoder.remember(encoded);
  const auto whole = decoder.forward(batch.target_in, memory, decoder.initial_state(encoded));
  DecoderState state = decoder.initial_state(encoded);
  for (int64_t step = 0; step < batch.target_in.size(0); ++step) {
    const auto one = decoder.forward(batch.target_in.narrow(0, step, 1), memory, state);
    require_close(one.features[0], whole.features[step]);
    state = one.state;
  }
}

TEST_CASE("padding changes no feature of a normalised translator", "[models]") {
  torch::manual_seed(2);
  Seq2SeqOptions options = any_normalised_translator();
  options.decoder.init_hidden = GENERATE(BridgeType::last, BridgeType::mean);
  Seq2Seq model(options);
  SmallBatch batch;
  const auto tight = features_of(model, batch);
  batch.source = torch::cat({batch.source, torch::full({3, 3}, 7, torch::kInt64)});
  batch.target_in = torch::cat({batch.target_in, torch::full({2, 3}, 7, torch::kInt64)});
  require_close(features_of(model, batch).narrow(0, 0, 4), tight);
}

TEST_CASE("a loss reaches every parameter through norms and dropouts", "[models]") {
  torch::manual_seed(3);
  Seq2SeqOptions options = any_normalised_translator();
  drop_everything(options.decoder);
  options.decoder.variational_dropout = GENERATE(true, false);
  options.encoder.recurrent_dropout = options.encoder.weight_dropout = 0.4;
  Seq2Seq model(options);
  features_of(model, repeated(20)).pow(2).sum().backward();
  for (const auto& parameter : model->named_parameters()) {
    if (parameter.key().ends_with("output_bias")) continue;  // behind the features
    INFO(parameter.key());
    REQUIRE(parameter.value().grad().defined());
    REQUIRE(parameter.value().grad().abs().sum().item<double>() > 0);
  }
}

TEST_CASE("no dropout is left while a translator is evaluated", "[models]") {
  Seq2SeqOptions options = any_small_translator();
  options.decoder.variational_dropout = GENERATE(true, false);
  torch::manual_seed(4);
  Seq2Seq plain(options);
  drop_everything(options.decoder);
  options.encoder.recurrent_dropout = 0.4;
  torch::manual_seed(4);
  Seq2Seq dropping(options);
  const SmallBatch batch;
  REQUIRE_FALSE(torch::equal(features_of(dropping, batch), features_of(plain, batch)));
  plain->eval();
  dropping->eval();
  REQUIRE(torch::equal(features_of(dropping, batch), features_of(plain, batch)));
}

TEST_CASE("a decoder whose dropouts are all 0 draws no number in training", "[models]") {
  Seq2SeqOptions options = any_small_translator();
  options.decoder.variational_dropout = true;
  Seq2Seq model(options);
  const SmallBatch batch;
  torch::manual_seed(5);
  const auto expected = torch::rand({1});
  torch::manual_seed(5);
  features_of(model, batch);
  REQUIRE(torch::equal(torch::rand({1}), expected));
}

TEST_CASE("a decoder's variational dropout is the same at every step", "[models]") {
  torch::manual_seed(6);
  Seq2SeqOptions options = any_small_translator();
  options.decoder.output_dropout = 0.5;
  options.decoder.variational_dropout = GENERATE(true, false);
  Seq2Seq model(options);
  const auto kept = features_of(model, repeated(30)).ne(0);
  const bool same = torch::equal(kept, kept[0].unsqueeze(0).expand_as(kept));
  REQUIRE(same == options.decoder.variational_dropout);
  REQUIRE_FALSE(torch::equal(kept[0], kept[0][0].expand_as(kept[0])));
}

// What stands for it: evaluation with the weights of the same draw in place.
TEST_CASE("recurrent weights are thinned once for a whole sequence", "[models]") {
  Seq2SeqOptions options = any_small_translator();
  options.decoder.weight_dropout = GENERATE(0.0, 0.3);
  options.decoder.recurrent_dropout = options.decoder.weight_dropout == 0.0 ? 0.5 : 0.2;
  torch::manual_seed(7);
  Seq2Seq model(options);
  const SmallBatch batch;
  torch::manual_seed(8);
  const auto trained = features_of(model, batch);
  torch::manual_seed(8);
  torch::NoGradGuard no_grad;
  for (const auto& layer : model->decoder().layers()) {
    const auto thinned = layer->weights()[1];
    REQUIRE(thinned.eq(0).any().item<bool>());
    layer->named_parameters()["weight_hh"].copy_(thinned);
  }
  model->eval();
  require_close(features_of(model, batch), trained);
}

TEST_CASE("a decoder hears a target token as it is, scaled up, or not at all", "[models]") {
  torch::manual_seed(9);
  Seq2SeqOptions options = any_small_translator();
  options.decoder.word_dropout = 0.5;
  Seq2Seq model(options);
  SmallBatch batch = repeated(300);
  batch.target_in = batch.target_in.narrow(0, 0, 1);
  torch::NoGradGuard no_grad;
  const auto trained = features_of(model, batch);
  model->eval();
  const auto embedding = model->named_parameters()["target_embedding.weight"];
  const auto differs_at = [&](double scale) {
    const auto before = embedding.clone();
    embedding.mul_(scale);
    const auto features = features_of(model, batch);
    embedding.copy_(before);
    return (trained - features).abs().amax(-1).gt(1e-5);
  };
  const auto heard = differs_at(0);
  REQUIRE(torch::equal(heard, differs_at(2).logical_not()));
  REQUIRE(heard.to(torch::kFloat64).mean().item<double>() == Approx(0.5).margin(0.1));
}

}  // namespace rondo
