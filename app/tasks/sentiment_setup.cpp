#include "app/tasks/sentiment_setup.h"

#include <stdexcept>

#include "app/config/names.h"
#include "app/data/labelled_text.h"
#include "app/errors.h"
#include "app/storage/model_format.h"
#include "app/tasks/pretrained_vectors.h"
#include "app/tasks/task_setup.h"
#include "app/training/parameters.h"
#include "tokenizers/sentencepiece_tokenizer.h"

namespace rondo {
namespace {

// Sizes come from tokenizer and labels, whatever the experiment said before.
void build_network(SentimentModel& model) {
  Experiment& experiment = model.experiment;
  experiment.classifier.encoder.vocab_size = model.tokenizer->size();
  experiment.classifier.outputs = outputs_for(experiment.labelled);
  torch::manual_seed(experiment.training.random_seed);
  try {
    model.network = Classifier(experiment.classifier);
  } catch (const std::invalid_argument& error) {
    throw ConfigError(std::string("model: ") + error.what());
  }
}

// Learning begins at the mean of the values, so that the weights need not grow to reach it.
void begin_at_mean(const LabelledText& text, SentimentModel& model) {
  double sum = 0;
  for (const Target& target : text.targets) sum += target.value;
  const torch::NoGradGuard no_grad;
  for (ClassifierImpl* member : model.network->members()) {
    member->named_parameters()["output.bias"].fill_(sum / static_cast<double>(text.targets.size()));
  }
}

// One a member.
std::vector<torch::Tensor> embeddings(const SentimentModel& model) {
  Classifier network = model.network;
  std::vector<torch::Tensor> weights;
  for (ClassifierImpl* member : network->members()) {
    weights.push_back(member->named_parameters()["embedding.weight"]);
  }
  return weights;
}

// What a language model and a classifier have in common.
bool is_of_encoder(const NamedParameter& parameter) {
  return parameter.name.starts_with("embedding.") || parameter.name.starts_with("encoder.");
}

void take_encoder(const TensorFile& file, const std::string& where, SentimentModel& model) {
  try {
    for (ClassifierImpl* member : model.network->members()) {
      auto parameters = distinct_parameters(*member);
      std::erase_if(parameters, [](const auto& parameter) { return !is_of_encoder(parameter); });
      copy_into(parameters, file.tensors, "");
    }
  } catch (const DataError& error) {
    throw DataError(where + ": does not fit the experiment's encoder: " + error.what());
  }
}

void begin_with_encoder(const std::string& path, SentimentModel& model) {
  const TensorFile file = read_tensor_file(path);
  if (check_format(file, path) == yaml_name(TaskType::translation)) {
    throw DataError(path +
                    ": is a model for translation; load_encoder wants a language model or a " +
                    "classifier");
  }
  model.tokenizer = load_tokenizer_of(file, "source", model.experiment.tokenizer, path);
  if (!model.tokenizer) throw DataError(path + ": holds no tokenizer");
  build_network(model);
  take_encoder(file, path, model);
}

}  // namespace

SentimentModel make_sentiment_model(const Experiment& experiment, std::vector<std::string>* notes) {
  const LabelledText text = read_labelled_text(experiment.labelled.train, experiment.labelled);
  SentimentModel model{.experiment = experiment};
  model.experiment.labelled.labels = text.labels.names();
  const std::string& encoder = experiment.training.load_encoder;
  if (encoder.empty()) {
    model.tokenizer = train_tokenizer({&text.lines}, experiment.tokenizer);
    build_network(model);
  } else {
    begin_with_encoder(encoder, model);
  }
  const std::string& vectors = experiment.classifying.pretrained_vectors;
  if (!vectors.empty()) {
    const std::string note = load_pretrained_vectors(vectors, *model.tokenizer, embeddings(model));
    if (notes) notes->push_back(note);
  }
  if (experiment.labelled.targets == TargetType::value) begin_at_mean(text, model);
  return model;
}

SentimentModel start_from_sentiment_model(const Experiment& experiment,
                                          const std::filesystem::path& model_file) {
  const SentimentModel loaded = load_sentiment_model(model_file);
  SentimentModel model{.experiment = experiment};
  LabelledDataOptions& data = model.experiment.labelled;
  if (data.labels.empty()) data.labels = loaded.experiment.labelled.labels;
  // The segmentations to sample from are the experiment's choice, not the file's.
  model.tokenizer = load_tokenizer(loaded.tokenizer->serialized(), experiment.tokenizer);
  model.experiment.scoring.temperature = loaded.experiment.scoring.temperature;
  model.experiment.scoring.threshold = loaded.experiment.scoring.threshold;
  build_network(model);
  take_weights(*loaded.network, *model.network, model_file.string());
  return model;
}

}  // namespace rondo
