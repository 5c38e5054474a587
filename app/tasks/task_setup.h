#pragma once

#include <torch/torch.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "tokenizers/options.h"
#include "tokenizers/tokenizer.h"

// What the start of every task's training has in common.
namespace rondo {

// One tokenizer for all lines of these texts. Throws TokenizerError where the vocabulary does not
// fit them.
std::shared_ptr<const Tokenizer> train_tokenizer(
    std::initializer_list<const std::vector<std::string>*> texts, const TokenizerOptions& options);

// Copies every weight of `from` into `to` by name. Throws DataError beginning with `where` and
// naming the first that does not fit.
void take_weights(const torch::nn::Module& from, const torch::nn::Module& to,
                  const std::string& where);

}  // namespace rondo
