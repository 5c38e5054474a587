#pragma once

#include <torch/torch.h>

#include <stdexcept>
#include <string>

#include "app/errors.h"
#include "app/storage/tensor_file.h"
#include "models/options.h"

namespace rondo {

// Whether a tensor of a checkpoint belongs to training alone and not to the model.
bool is_training_state(const std::string& tensor_name);

// Adds every parameter and buffer under its own name, without copying.
void add_weights(const torch::nn::Module& network, TensorFile& file);

// Copies the file's weights into the network by name, in the network's type and on its device.
// Throws DataError beginning with `where` when one is missing, left over, of another shape or no
// floating-point number; the network may then hold part of them.
void copy_weights(const TensorFile& file, torch::nn::Module& network, const std::string& where);

// Throws DataError when a network of these options would need far more memory than the weights in
// the file, before any of it is asked for.
void check_plausible(const TensorFile& file, const Seq2SeqOptions& options,
                     const std::string& where);
void check_plausible(const TensorFile& file, const ClassifierOptions& options,
                     const std::string& where);

// The network of these options with the file's weights. The weights drawn by its constructor are
// overwritten, so they need not be orthogonal, which costs most of the time of loading.
template <class Network, class Options>
Network load_network(const TensorFile& file, Options options, const std::string& where) {
  check_plausible(file, options, where);
  options.init_rnn_orthogonal = false;
  try {
    Network network(options);
    copy_weights(file, *network, where);
    return network;
  } catch (const std::invalid_argument& error) {
    throw DataError(where + ": " + error.what());
  }
}

}  // namespace rondo
