#include "app/tasks/sentiment_setup.h"

#include <stdexcept>

#include "app/data/labelled_text.h"
#include "app/errors.h"
#include "app/tasks/loaded_encoder.h"
#include "app/tasks/model_fit.h"
#include "app/tasks/piece_mapping.h"
#include "app/tasks/pretrained_vectors.h"
#include "app/tasks/task_setup.h"
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

void begin_with_encoder(const LabelledText& text, SentimentModel& model, Notes* notes) {
  const Experiment& experiment = model.experiment;
  const LoadedEncoder loaded = load_encoder(experiment.training.load_encoder, experiment.tokenizer);
  check_fits(loaded.path, loaded.options, experiment.classifier.encoder);
  const bool reset = experiment.training.reset_tokenizer;
  model.tokenizer = reset ? train_tokenizer({&text.lines}, experiment.tokenizer) : loaded.tokenizer;
  build_network(model);
  PieceMapping mapping;
  if (reset) mapping = map_pieces(*loaded.tokenizer, *model.tokenizer);
  int64_t number = 0;
  for (ClassifierImpl* member : model.network->members()) {
    take_encoder(loaded, {.network = *member, .member = number++}, reset ? &mapping : nullptr);
  }
  note(notes, "encoder and embedding from " + loaded.path + ", a model for " + loaded.task);
  if (reset) note(notes, coverage(mapping));
}

// What a model file that fits says of labels and of calibration.
SentimentModel with_settings_of(const SentimentModel& loaded, const Experiment& experiment,
                                const std::filesystem::path& file) {
  check_fits(file.string(), loaded.experiment.classifier, experiment.classifier);
  SentimentModel model{.experiment = experiment};
  LabelledDataOptions& data = model.experiment.labelled;
  if (data.labels.empty()) data.labels = loaded.experiment.labelled.labels;
  model.experiment.scoring.temperature = loaded.experiment.scoring.temperature;
  model.experiment.scoring.threshold = loaded.experiment.scoring.threshold;
  return model;
}

}  // namespace

SentimentModel make_sentiment_model(const Experiment& experiment, Notes* notes) {
  const LabelledText text = read_labelled_text(experiment.labelled.train, experiment.labelled);
  SentimentModel model{.experiment = experiment};
  model.experiment.labelled.labels = text.labels.names();
  if (experiment.training.load_encoder.empty()) {
    model.tokenizer = train_tokenizer({&text.lines}, experiment.tokenizer);
    build_network(model);
  } else {
    begin_with_encoder(text, model, notes);
  }
  const std::string& vectors = experiment.classifying.pretrained_vectors;
  if (!vectors.empty()) {
    note(notes, load_pretrained_vectors(vectors, *model.tokenizer, embeddings(model)));
  }
  if (experiment.labelled.targets == TargetType::value) begin_at_mean(text, model);
  return model;
}

SentimentModel start_from_sentiment_model(const Experiment& experiment,
                                          const std::filesystem::path& model_file) {
  const SentimentModel loaded = load_sentiment_model(model_file);
  SentimentModel model = with_settings_of(loaded, experiment, model_file);
  // The segmentations to sample from are the experiment's choice, not the file's.
  model.tokenizer = load_tokenizer(loaded.tokenizer->serialized(), experiment.tokenizer);
  build_network(model);
  take_weights(weights_of(*loaded.network), *model.network, model_file.string());
  return model;
}

SentimentModel start_sentiment_with_new_tokenizer(const Experiment& experiment,
                                                  const std::filesystem::path& model_file,
                                                  Notes* notes) {
  const SentimentModel loaded = load_sentiment_model(model_file);
  SentimentModel model = with_settings_of(loaded, experiment, model_file);
  const LabelledText text = read_labelled_text(experiment.labelled.train, experiment.labelled,
                                               LabelSet(model.experiment.labelled.labels));
  model.tokenizer = train_tokenizer({&text.lines}, experiment.tokenizer);
  build_network(model);
  const PieceMapping mapping = map_pieces(*loaded.tokenizer, *model.tokenizer);
  Weights weights = weights_of(*loaded.network);
  for (const auto& [name, fresh] : weights_of(*model.network)) {
    const auto old = weights.find(name);
    const bool rows = name.ends_with("embedding.weight");  // of each member
    if (rows && old != weights.end()) old->second = mapped_rows(mapping, old->second, fresh);
  }
  take_weights(weights, *model.network, model_file.string());
  note(notes, coverage(mapping));
  return model;
}

}  // namespace rondo
