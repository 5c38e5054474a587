#include "models/torchscript/decoder.h"

#include <cmath>
#include <optional>

#include "models/torchscript/attention.h"
#include "models/torchscript/recurrent.h"

namespace rondo {
namespace {

int64_t tensors_in_state(const DecoderOptions& options) {
  return options.rnn_type == RnnType::lstm ? 2 : 1;
}

int64_t feed_size(const Seq2SeqOptions& options) {
  const DecoderOptions& decoder = options.decoder;
  if (decoder.type != DecoderType::luong || !decoder.input_feeding) return 0;
  return options.tied_softmax ? decoder.embedding_dim : decoder.hidden_size;
}

torch::jit::Module recurrent(ScriptWeights& weights, const DecoderOptions& options, int64_t layer) {
  const std::string number = std::to_string(layer);
  return script_recurrent(weights, {.name = "decoder.layer_" + number,
                                    .type = options.rnn_type,
                                    .nonlinearity = options.nonlinearity,
                                    .norm = options.layer_norm ? "decoder.norm_" + number : ""});
}

// Layers [first, num_layers), each holding the one above it; nothing where there are none.
std::optional<torch::jit::Module> layers(ScriptWeights& weights, const DecoderOptions& options,
                                         int64_t first) {
  std::optional<torch::jit::Module> above;
  for (int64_t layer = options.num_layers - 1; layer >= first; --layer) {
    auto module = script_module("DecoderLayer");
    module.register_module("layer", recurrent(weights, options, layer));
    if (above) module.register_module("above", *above);
    module.register_attribute("residual", c10::BoolType::get(), options.residual && layer > 0);
    module.register_attribute("state_size", c10::IntType::get(), tensors_in_state(options));
    define_script(module, model_script("decoder_layer"));
    above = module;
  }
  return above;
}

void register_settings(torch::jit::Module& module, const Seq2SeqOptions& options) {
  const DecoderOptions& decoder = options.decoder;
  const auto number = [&](const char* name, int64_t value) {
    module.register_attribute(name, c10::IntType::get(), value);
  };
  const auto flag = [&](const char* name, bool value) {
    module.register_attribute(name, c10::BoolType::get(), value);
  };
  number("hidden_size", decoder.hidden_size);
  number("num_layers", decoder.num_layers);
  number("state_size", tensors_in_state(decoder));
  number("feed_size", feed_size(options));
  flag("has_cell", decoder.rnn_type == RnnType::lstm);
  flag("bridges_mean", decoder.init_hidden == BridgeType::mean);
  flag("squashes", !options.tied_softmax);
}

void register_vocabulary(torch::jit::Module& module, ScriptWeights& weights,
                         const Seq2SeqOptions& options) {
  const std::string embedding =
      options.tied_embeddings ? "embedding.weight" : "target_embedding.weight";
  const double width = static_cast<double>(options.decoder.embedding_dim);
  module.register_module(
      "embedding", weights.embedding(embedding, options.scale_embeddings ? std::sqrt(width) : 1.0));
  module.register_module("output",
                         weights.linear(options.tied_softmax ? embedding : "decoder.output_weight",
                                        "decoder.output_bias"));
}

const char* decoder_script(DecoderType type) {
  switch (type) {
    case DecoderType::gnmt:
      return "gnmt";
    case DecoderType::luong:
      return "luong";
    case DecoderType::bahdanau:
      return "bahdanau";
    case DecoderType::vanilla:
      return "vanilla";
  }
  return "";
}

}  // namespace

torch::jit::Module script_decoder(ScriptWeights& weights, const Seq2SeqOptions& options) {
  const DecoderOptions& decoder = options.decoder;
  const bool first_attends = decoder.type == DecoderType::gnmt;
  auto module = script_module("Decoder");
  register_settings(module, options);
  register_vocabulary(module, weights, options);
  if (first_attends) module.register_module("first", recurrent(weights, decoder, 0));
  if (const auto above = layers(weights, decoder, first_attends ? 1 : 0)) {
    module.register_module("layers", *above);
  }
  if (decoder.type != DecoderType::vanilla) {
    module.register_module("attention", script_attention(weights, decoder));
  }
  if (decoder.init_hidden != BridgeType::zero) {
    module.register_module("bridge",
                           weights.linear("decoder.bridge.weight", "decoder.bridge.bias"));
  }
  module.register_module("readout_layer",
                         weights.linear("decoder.readout.weight", "decoder.readout.bias"));
  define_script(module, model_script("decoder"));
  define_script(module, model_script(decoder_script(decoder.type)));
  return module;
}

}  // namespace rondo
