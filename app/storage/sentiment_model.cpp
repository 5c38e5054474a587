#include "app/storage/sentiment_model.h"

#include "app/errors.h"
#include "app/storage/model_format.h"
#include "app/storage/network_weights.h"

namespace rondo {

int64_t outputs_for(const LabelledDataOptions& data) {
  const auto labels = static_cast<int64_t>(data.labels.size());
  if (data.targets == TargetType::value) return 1;
  return data.targets == TargetType::ordinal ? labels - 1 : labels;
}

TensorFile to_tensor_file(const SentimentModel& model, const std::string& history) {
  TensorFile file;
  add_weights(*model.network, file);
  add_tokenizer(*model.tokenizer, "source", file);
  add_description(model.experiment, history, file);
  return file;
}

SentimentModel load_sentiment_model(const std::filesystem::path& path) {
  return load_sentiment_model(read_tensor_file(path), path.string());
}

SentimentModel load_sentiment_model(const TensorFile& file, const std::string& where) {
  check_task(file, TaskType::sentiment, where);
  SentimentModel model{.experiment = stored_experiment(file, where)};
  Experiment& experiment = model.experiment;
  model.tokenizer = load_tokenizer_of(file, "source", experiment.tokenizer, where);
  if (!model.tokenizer) throw DataError(where + ": holds no tokenizer");
  const bool alone = experiment.classifier.members == 1;
  check_vocabulary(file, alone ? "embedding.weight" : "member_0.embedding.weight", *model.tokenizer,
                   where);
  experiment.classifier.encoder.vocab_size = model.tokenizer->size();
  if (experiment.classifier.outputs != outputs_for(experiment.labelled)) {
    throw DataError(where + ": its labels do not fit its " +
                    std::to_string(experiment.classifier.outputs) + " outputs");
  }
  model.network = load_network<Classifier>(file, experiment.classifier, where);
  return model;
}

}  // namespace rondo
