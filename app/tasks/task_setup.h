#pragma once

#include <torch/torch.h>

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tokenizers/options.h"
#include "tokenizers/tokenizer.h"

// What the start of every task's training has in common.
namespace rondo {

using Notes = std::vector<std::string>;  // what making a model has to say, a line each
inline void note(Notes* notes, const std::string& line) {
  if (notes) notes->push_back(line);
}

// One tokenizer for all lines of these texts, with a piece for each of the symbols. Throws
// TokenizerError where the vocabulary does not fit them.
std::shared_ptr<const Tokenizer> train_tokenizer(
    std::initializer_list<const std::vector<std::string>*> texts, const TokenizerOptions& options,
    const std::vector<std::string>& symbols = {});

using Weights = std::map<std::string, torch::Tensor>;  // by the parameter's name

// Every weight of a network, frozen ones too; shared, not copied.
Weights weights_of(const torch::nn::Module& network);

// Copies the weights into `to` by name. Throws DataError beginning with `where` and naming the
// first that is missing or does not fit.
void take_weights(const Weights& weights, const torch::nn::Module& to, const std::string& where);

}  // namespace rondo
