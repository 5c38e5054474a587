#include "app/storage/network_weights.h"

#include <array>
#include <set>

#include "app/errors.h"
#include "app/storage/model_format.h"

namespace rondo {
namespace {

torch::OrderedDict<std::string, torch::Tensor> weights_of(const torch::nn::Module& network) {
  auto weights = network.named_parameters();
  weights.update(network.named_buffers());
  return weights;
}

void copy_weight(const torch::Tensor& from, torch::Tensor& to, const std::string& where) {
  if (from.sizes() != to.sizes()) {
    throw DataError(where + " is " + shape_text(from) + " but the configuration needs " +
                    shape_text(to));
  }
  if (from.is_floating_point() != to.is_floating_point()) {
    throw DataError(where + " is of the wrong type");
  }
  to.copy_(from);
}

bool begins_with(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

}  // namespace

bool is_training_state(const std::string& tensor_name) {
  constexpr std::array<const char*, 6> kPrefixes{"optimizer.", "average.", "random.",
                                                 "guard.",     "window.",  "skipped."};
  for (const char* prefix : kPrefixes) {
    if (begins_with(tensor_name, prefix)) return true;
  }
  return false;
}

void add_weights(const torch::nn::Module& network, TensorFile& file) {
  for (const auto& weight : weights_of(network)) {
    file.tensors[weight.key()] = weight.value().detach();
  }
}

void copy_weights(const TensorFile& file, torch::nn::Module& network, const std::string& where) {
  const torch::NoGradGuard no_grad;
  std::set<std::string> used;
  for (auto& weight : weights_of(network)) {
    const auto found = file.tensors.find(weight.key());
    if (found == file.tensors.end()) {
      throw DataError(where + ": lacks the weights '" + weight.key() + "'");
    }
    copy_weight(found->second, weight.value(), where + ": '" + weight.key() + "'");
    used.insert(weight.key());
  }
  for (const auto& [name, tensor] : file.tensors) {
    const bool known = used.count(name) == 1 || is_companion(name);
    if (!known && !(file.metadata.count("training") == 1 && is_training_state(name))) {
      throw DataError(where + ": '" + name + "' has no place in the configured model");
    }
  }
}

namespace {

// Every layer has a matrix of hidden_size squared, and every side an embedding.
template <class Side>
void check_side(const TensorFile& file, const Side& side, const std::string& where) {
  int64_t numbers = 0;
  for (const auto& [name, tensor] : file.tensors) numbers += tensor.numel();
  const auto fits = [&](int64_t rows, int64_t columns) {
    return rows <= numbers && columns <= numbers && (rows == 0 || columns <= numbers / rows);
  };
  const bool layers = side.num_layers <= static_cast<int64_t>(file.tensors.size());
  if (layers && fits(side.hidden_size, side.hidden_size) &&
      fits(side.vocab_size, side.embedding_dim)) {
    return;
  }
  throw DataError(where + ": the configured model is larger than the weights in the file");
}

}  // namespace

void check_plausible(const TensorFile& file, const Seq2SeqOptions& options,
                     const std::string& where) {
  check_side(file, options.encoder, where);
  check_side(file, options.decoder, where);
}

void check_plausible(const TensorFile& file, const ClassifierOptions& options,
                     const std::string& where) {
  check_side(file, options.encoder, where);
}

}  // namespace rondo
