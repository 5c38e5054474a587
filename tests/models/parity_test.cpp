// Whole translators against PyTorch's cells run step by step (tests/reference/models).
#include "models/loss.h"
#include "models/seq2seq.h"
#include "tests/models/reference_case.h"
#include "tests/models/small_translator.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

// DEFAULTS in make_reference.py.
Seq2SeqOptions reference_translator(DecoderType type) {
  Seq2SeqOptions options = small_translator();
  options.encoder.hidden_size = 2;
  options.decoder.hidden_size = 4;
  options.decoder.num_layers = 2;
  options.decoder.type = type;
  options.decoder.input_feeding = false;
  return options;
}

void set_rnn(Seq2SeqOptions& options, RnnType type) {
  options.encoder.rnn_type = options.decoder.rnn_type = type;
}

void require_parity(const Seq2SeqOptions& options, const std::string& family,
                    const std::string& name) {
  const ReferenceCase reference("translator_" + family, name);
  Seq2Seq model(options);
  reference.load_parameters(*model);

  const auto output = model->forward(reference.input("source"), reference.input("lengths"),
                                     reference.input("target_in"));
  reference.require_output("features", output.features);
  reference.require_output("last_hidden", output.state.layers.back().hidden);
  if (output.attention.defined()) reference.require_output("attention", output.attention);

  const auto real = output.features.flatten(0, 1).index_select(0, reference.input("positions"));
  const auto loss =
      linear_cross_entropy(real, model->decoder().output_weight(), model->decoder().output_bias(),
                           reference.input("targets"), 0.1, /*chunk=*/3);
  reference.require_output("loss", loss.sum);
  loss.sum.backward();
  reference.require_gradients(*model);
}

}  // namespace

TEST_CASE("a gnmt translator equals PyTorch's cells, gradients too", "[models]") {
  Seq2SeqOptions options = reference_translator(DecoderType::gnmt);
  SECTION("lstm") { require_parity(options, "gnmt", "lstm"); }
  SECTION("gru with residuals and the bridge over means") {
    set_rnn(options, RnnType::gru);
    options.decoder.num_layers = 3;
    options.decoder.residual = true;
    options.decoder.init_hidden = BridgeType::mean;
    require_parity(options, "gnmt", "gru_residual");
  }
  SECTION("simple recurrence with an output layer of its own") {
    set_rnn(options, RnnType::rnn);
    options.tied_softmax = false;
    options.decoder.attention = AttentionType::scaled_dot;
    require_parity(options, "gnmt", "rnn_untied");
  }
  SECTION("one layer, all embeddings tied, no bridge") {
    options.tied_embeddings = true;
    options.decoder.num_layers = 1;
    options.decoder.init_hidden = BridgeType::zero;
    require_parity(options, "gnmt", "all_tied");
  }
}

TEST_CASE("a luong translator equals PyTorch's cells, gradients too", "[models]") {
  Seq2SeqOptions options = reference_translator(DecoderType::luong);
  SECTION("gru with dot attention") {
    set_rnn(options, RnnType::gru);
    options.decoder.attention = AttentionType::dot;
    require_parity(options, "luong", "gru");
  }
  SECTION("lstm with residuals") {
    options.decoder.residual = true;
    require_parity(options, "luong", "lstm_residual");
  }
  SECTION("input feeding with additive attention") {
    options.decoder.input_feeding = true;
    options.decoder.attention = AttentionType::additive;
    options.decoder.init_hidden = BridgeType::mean;
    require_parity(options, "luong_feed", "lstm");
  }
  SECTION("input feeding of a relu recurrence with an output layer of its own") {
    set_rnn(options, RnnType::rnn);
    options.encoder.nonlinearity = options.decoder.nonlinearity = Nonlinearity::relu;
    options.decoder.input_feeding = true;
    options.decoder.num_layers = 1;
    options.tied_softmax = false;
    require_parity(options, "luong_feed", "relu_untied");
  }
}

TEST_CASE("a bahdanau translator equals PyTorch's cells, gradients too", "[models]") {
  Seq2SeqOptions options = reference_translator(DecoderType::bahdanau);
  SECTION("gru with additive attention, as published") {
    set_rnn(options, RnnType::gru);
    options.decoder.attention = AttentionType::additive;
    options.decoder.num_layers = 1;
    options.decoder.init_hidden = BridgeType::mean;
    require_parity(options, "bahdanau", "gru");
  }
  SECTION("two lstm layers with residuals and an output layer of their own") {
    options.tied_softmax = false;
    options.decoder.residual = true;
    require_parity(options, "bahdanau", "lstm_untied");
  }
}

TEST_CASE("a vanilla translator equals PyTorch's cells, gradients too", "[models]") {
  Seq2SeqOptions options = reference_translator(DecoderType::vanilla);
  SECTION("lstm") { require_parity(options, "vanilla", "lstm"); }
  SECTION("gru without a bridge, embeddings tied") {
    set_rnn(options, RnnType::gru);
    options.tied_embeddings = true;
    options.decoder.init_hidden = BridgeType::zero;
    require_parity(options, "vanilla", "gru_zero");
  }
}

}  // namespace rondo
