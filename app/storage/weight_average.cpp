#include "app/storage/weight_average.h"

#include <map>
#include <sstream>
#include <string>

#include "app/config/load.h"
#include "app/errors.h"
#include "app/storage/model_format.h"
#include "app/storage/network_weights.h"

namespace rondo {
namespace {

constexpr const char* kAveragePrefix = "average.";

bool is_averaged(const torch::Tensor& tensor) { return tensor.is_floating_point(); }

// The averages take the place of the weights they are of; weights that were never trained have
// none.
void take_moving_averages(TensorFile& file, const std::string& where) {
  size_t taken = 0;
  for (auto& [name, tensor] : file.tensors) {
    const auto average = file.tensors.find(kAveragePrefix + name);
    if (average == file.tensors.end()) continue;
    tensor = average->second;
    ++taken;
  }
  if (taken > 0) return;
  throw DataError(where +
                  ": holds no moving averages; they are in the checkpoints of a run with "
                  "training.ema_decay (its *.rondo files hold the averages as their weights)");
}

// A model file, or the model in a checkpoint.
TensorFile read_model(const std::filesystem::path& path, bool moving_averages) {
  TensorFile file = read_tensor_file(path);
  check_format(file, path.string());
  if (moving_averages) take_moving_averages(file, path.string());
  if (file.metadata.erase("training") == 1) {
    std::erase_if(file.tensors, [](const auto& item) { return is_training_state(item.first); });
  }
  return file;
}

void forget_training_options(EncoderOptions& options) {
  options.dropout = options.embedding_dropout = options.word_dropout = 0;
  options.weight_dropout = options.recurrent_dropout = 0;
  options.variational_dropout = false;
}

void forget_training_options(DecoderOptions& options) {
  options.dropout = options.embedding_dropout = options.output_dropout = options.word_dropout = 0;
  options.weight_dropout = options.recurrent_dropout = 0;
  options.variational_dropout = false;
}

template <class Options>
void forget_initialisation(Options& options) {
  options.init_rnn_orthogonal = true;
  options.lstm_forget_gate = 1;
  options.chrono_init = 0;
}

// What an answer depends on besides weights and tokenizers, as YAML.
std::string architecture(const TensorFile& file, const std::string& where) {
  const Experiment stored = stored_experiment(file, where);
  Experiment kept;
  kept.task = stored.task;
  kept.labelled.labels = stored.labelled.labels;
  kept.labelled.targets = stored.labelled.targets;
  kept.model = stored.model;
  kept.classifier = stored.classifier;
  kept.reader = stored.reader;
  forget_training_options(kept.model.encoder);
  forget_training_options(kept.model.decoder);
  forget_training_options(kept.classifier.encoder);
  kept.classifier.output_dropout = 0;
  forget_initialisation(kept.model);
  forget_initialisation(kept.classifier);
  forget_initialisation(kept.reader);
  return to_yaml(kept);
}

std::string trimmed(const std::string& line) {
  const size_t begin = line.find_first_not_of(' ');
  return begin == std::string::npos ? "" : line.substr(begin);
}

struct NamedFile {
  const TensorFile& file;
  std::string where;
};

void require_same_task(const NamedFile& first, const NamedFile& other) {
  const std::string &own = other.file.metadata.at("task"),
                    &expected = first.file.metadata.at("task");
  if (own == expected) return;
  throw DataError(other.where + ": is a model for " + own + ", " + first.where + " for " +
                  expected);
}

void require_same_weights(const NamedFile& first, const NamedFile& other) {
  const auto fail = [&](const std::string& reason) {
    throw DataError(other.where + ": " + reason + "; only models of one shape can be averaged");
  };
  for (const auto& [name, tensor] : first.file.tensors) {
    if (is_companion(name)) continue;
    const auto found = other.file.tensors.find(name);
    if (found == other.file.tensors.end()) {
      fail("lacks the weights '" + name + "' of " + first.where);
    }
    if (found->second.sizes() != tensor.sizes() ||
        is_averaged(found->second) != is_averaged(tensor)) {
      fail("'" + name + "' is " + shape_text(found->second) + ", in " + first.where + " " +
           shape_text(tensor));
    }
  }
  for (const auto& [name, tensor] : other.file.tensors) {
    if (is_companion(name) || first.file.tensors.count(name) == 1) continue;
    fail("has the weights '" + name + "', which " + first.where + " lacks");
  }
}

void require_same_tokenizers(const NamedFile& first, const NamedFile& other) {
  for (const std::string side : {"source", "target"}) {
    const auto own = other.file.tensors.find(kTokenizerPrefix + side);
    const auto expected = first.file.tensors.find(kTokenizerPrefix + side);
    const bool has = own != other.file.tensors.end();
    if (has != (expected != first.file.tensors.end()) ||
        (has && !torch::equal(own->second, expected->second))) {
      throw DataError(other.where + ": its " + side + " tokenizer is not that of " + first.where +
                      "; weights of different pieces cannot be averaged");
    }
  }
}

void require_same_options(const NamedFile& first, const NamedFile& other) {
  std::istringstream own(architecture(other.file, other.where));
  std::istringstream expected(architecture(first.file, first.where));
  std::string line, expected_line;
  while (std::getline(own, line) && std::getline(expected, expected_line)) {
    if (line == expected_line) continue;
    throw DataError(other.where + ": has '" + trimmed(line) + "', " + first.where + " '" +
                    trimmed(expected_line) + "'; only models of the same options can be averaged");
  }
}

}  // namespace

TensorFile average_models(const std::vector<std::filesystem::path>& files, bool moving_averages) {
  const std::string where = files.front().string();
  TensorFile mean = read_model(files.front(), moving_averages);
  std::map<std::string, torch::Tensor> sums;
  const auto add = [&sums](const TensorFile& model) {
    for (const auto& [name, tensor] : model.tensors) {
      if (is_companion(name) || !is_averaged(tensor)) continue;
      auto& sum = sums[name];
      sum = sum.defined() ? sum.add_(tensor) : tensor.to(torch::kDouble, false, /*copy=*/true);
    }
  };
  add(mean);
  for (size_t i = 1; i < files.size(); ++i) {
    const TensorFile model = read_model(files[i], moving_averages);
    const NamedFile first{mean, where}, other{model, files[i].string()};
    require_same_task(first, other);
    require_same_weights(first, other);
    require_same_tokenizers(first, other);
    require_same_options(first, other);
    add(model);
  }
  for (auto& [name, sum] : sums) {
    torch::Tensor& tensor = mean.tensors[name];
    tensor = sum.div_(static_cast<double>(files.size())).to(tensor.scalar_type());
  }
  return mean;
}

}  // namespace rondo
