#include "models/sequence_reader.h"

#include <stdexcept>
#include <string>

namespace rondo {
namespace {

void require_positive(const char* option, int64_t size) {
  if (size < 1) throw std::invalid_argument(std::string(option) + " must be at least 1");
}

RecurrentLayerOptions layer_options(const SequenceReaderOptions& options, int64_t layer) {
  return {.type = options.rnn_type,
          .nonlinearity = options.nonlinearity,
          .input_size = layer == 0 ? options.inputs : options.hidden_size,
          .hidden_size = options.hidden_size};
}

}  // namespace

SequenceReaderImpl::SequenceReaderImpl(const SequenceReaderOptions& reader_options)
    : options(reader_options) {
  require_positive("inputs", options.inputs);
  require_positive("outputs", options.outputs);
  require_positive("hidden_size", options.hidden_size);
  require_positive("num_layers", options.num_layers);
  for (int64_t i = 0; i < options.num_layers; ++i) {
    layers_.push_back(
        register_module("layer_" + std::to_string(i), RecurrentLayer(layer_options(options, i))));
    layers_.back()->initialise(options.init_rnn_orthogonal, options.lstm_forget_gate,
                               options.chrono_init);
  }
  output_ = register_module("output", torch::nn::Linear(options.hidden_size, options.outputs));
}

torch::Tensor SequenceReaderImpl::forward(const torch::Tensor& inputs, int64_t steps) {
  TORCH_CHECK(inputs.dim() == 3 && steps >= 1 && steps <= inputs.size(0),
              "sequence reader wants [time, batch, ", options.inputs,
              "] and as many steps at most"
              ", got ",
              inputs.sizes(), " and ", steps);
  torch::Tensor states = inputs;  // [time, batch, width]
  for (auto& layer : layers_) states = layer->forward(states).states;
  return output_->forward(states.narrow(0, states.size(0) - steps, steps)).to(torch::kFloat);
}

}  // namespace rondo
