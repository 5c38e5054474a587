#include "app/tasks/task_setup.h"

#include "app/errors.h"
#include "app/training/parameters.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"

namespace rondo {

std::shared_ptr<const Tokenizer> train_tokenizer(
    std::initializer_list<const std::vector<std::string>*> texts, const TokenizerOptions& options,
    const std::vector<std::string>& symbols) {
  TokenizerTrainer trainer(options, symbols);
  for (const auto* lines : texts) {
    for (const std::string& line : *lines) trainer.add(line);
  }
  return load_tokenizer(trainer.train(), options);
}

Weights weights_of(const torch::nn::Module& network) {
  Weights weights;
  for (const NamedParameter& parameter : all_parameters(network)) {
    weights[parameter.name] = parameter.tensor;
  }
  return weights;
}

void take_weights(const Weights& weights, const torch::nn::Module& to, const std::string& where) {
  try {
    copy_into(all_parameters(to), weights, "");
  } catch (const DataError& error) {
    throw DataError(where + ": does not fit the experiment's model: " + error.what());
  }
}

}  // namespace rondo
