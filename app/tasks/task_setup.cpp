#include "app/tasks/task_setup.h"

#include <map>

#include "app/errors.h"
#include "app/training/parameters.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"

namespace rondo {

std::shared_ptr<const Tokenizer> train_tokenizer(
    std::initializer_list<const std::vector<std::string>*> texts, const TokenizerOptions& options) {
  TokenizerTrainer trainer(options);
  for (const auto* lines : texts) {
    for (const std::string& line : *lines) trainer.add(line);
  }
  return load_tokenizer(trainer.train(), options);
}

void take_weights(const torch::nn::Module& from, const torch::nn::Module& to,
                  const std::string& where) {
  std::map<std::string, torch::Tensor> weights;
  for (const NamedParameter& parameter : distinct_parameters(from)) {
    weights[parameter.name] = parameter.tensor;
  }
  try {
    copy_into(distinct_parameters(to), weights, "");
  } catch (const DataError& error) {
    throw DataError(where + ": does not fit the experiment's model: " + error.what());
  }
}

}  // namespace rondo
