#include "app/tasks/sentiment.h"

#include <algorithm>
#include <iterator>

#include "app/decoding/line_logits.h"
#include "app/tasks/sentiment_evaluation.h"
#include "tokenizers/bulk_encoding.h"

namespace rondo {
namespace {

LabelledText read_for(const SentimentModel& model, const std::string& path) {
  const LabelledDataOptions& data = model.experiment.labelled;
  return read_labelled_text(path, data, LabelSet(data.labels));
}

torch::Tensor logits_for(const SentimentModel& model, const std::vector<std::string>& lines) {
  Classifier network = model.network;
  const Experiment& experiment = model.experiment;
  return line_logits(*network, encode_all(*model.tokenizer, lines, experiment.training.num_threads),
                     experiment.scoring);
}

// A worker's part of the lines, in order.
std::vector<std::string> share_of(const std::vector<std::string>& lines, const Workers& workers) {
  const auto end_of = [&](int64_t rank) {
    return lines.begin() + static_cast<int64_t>(lines.size()) * rank / workers.size();
  };
  return {end_of(workers.rank()), end_of(workers.rank() + 1)};
}

std::string count(int64_t number, const std::string& what) {
  return std::to_string(number) + " " + what;
}

// "negative 3310, positive 3610"
std::string label_counts(const LabelledText& text) {
  std::vector<int64_t> counts(static_cast<size_t>(text.labels.size()));
  for (const Target& target : text.targets) {
    for (const int64_t label : target.labels) ++counts[static_cast<size_t>(label)];
  }
  std::string line;
  for (int64_t label = 0; label < text.labels.size(); ++label) {
    line += (label ? ", " : "") + text.labels.name(label) + " " +
            std::to_string(counts[static_cast<size_t>(label)]);
  }
  return line;
}

std::string reference(const Target& target, const LabelledText& text) {
  if (text.labels.size() == 0) return std::to_string(target.value);
  std::string names;
  for (const int64_t label : target.labels) {
    names += (names.empty() ? "" : ", ") + text.labels.name(label);
  }
  return names.empty() ? "none" : names;
}

}  // namespace

SentimentTask::SentimentTask(SentimentModel model, const Hardware& hardware,
                             std::vector<std::string> notes)
    : model_(std::move(model)),
      work_(matrix_work(*model_.network)),
      workers_(hardware.workers),
      epochs_(model_.experiment, model_.tokenizer),
      loss_(model_.experiment.labelled.targets, model_.experiment.classifying,
            class_weights(model_.experiment.classifying, epochs_.targets().labels,
                          static_cast<int64_t>(model_.experiment.labelled.labels.size())),
            model_.experiment.training.r_drop_alpha),
      development_(read_for(model_, model_.experiment.labelled.dev)),
      notes_(std::move(notes)) {
  model_.network->to(hardware.device);
  loss_.to(hardware.device);
}

std::unique_ptr<EpochBatches> SentimentTask::epoch_batches(int64_t epoch) const {
  return epochs_.epoch(epoch);
}

LossSum SentimentTask::loss(const Batch& batch, double label_smoothing) {
  return loss_.of(*model_.network, batch, label_smoothing);
}

double SentimentTask::matrix_flops(const Batch& batch) const {
  const ClassifyingOptions& options = model_.experiment.classifying;
  const TrainingOptions& training = model_.experiment.training;
  const int passes = 1 + (options.adversarial_epsilon > 0) + (training.r_drop_alpha > 0);
  return passes * training_flops(work_, {.sentences = static_cast<double>(batch.size()),
                                         .source_tokens = static_cast<double>(batch.tokens)});
}

// Pooling and output are 0, the top recurrent layer 1, the embedding last.
int64_t SentimentTask::depth_of(const std::string& parameter) const {
  const int64_t layers = model_.experiment.classifier.encoder.num_layers;
  if (parameter.find("embedding.") != std::string::npos) return layers + 1;
  const size_t encoder = parameter.find("encoder.");
  if (encoder == std::string::npos) return 0;
  const size_t layer = parameter.find('_', encoder) + 1;  // member_0.encoder.forward_0.weight_ih
  return layers - std::stoll(parameter.substr(layer));
}

Validation SentimentTask::validate() {
  const bool shared = static_cast<int64_t>(development_.lines.size()) >= workers_.size();
  const Workers workers = shared ? workers_ : Workers();
  const torch::Tensor logits =
      joined_rows(workers, logits_for(model_, share_of(development_.lines, workers)));
  calibrate(logits, development_, model_.experiment);
  return {.values = measure(logits, development_, model_.experiment), .samples = samples(logits)};
}

std::vector<Sample> SentimentTask::samples(const torch::Tensor& logits) const {
  const int64_t shown = std::min(logits.size(0), model_.experiment.training.print_valid_sents);
  const std::vector<std::string> said = answers(logits.narrow(0, 0, shown), model_.experiment);
  std::vector<Sample> samples;
  for (size_t i = 0; i < said.size(); ++i) {
    samples.push_back(
        {development_.lines[i], reference(development_.targets[i], development_), said[i]});
  }
  return samples;
}

TensorFile SentimentTask::model_file(const std::string& history) const {
  return to_tensor_file(model_, history);
}

std::vector<std::string> SentimentTask::summary() const {
  const LabelledText& training = epochs_.text();
  std::vector<std::string> lines{
      "vocabulary: " + count(model_.tokenizer->size(), "pieces"),
      "training text: " + count(static_cast<int64_t>(training.lines.size()), "texts, ") +
          count(epochs_.tokens().tokens(), "pieces; ") + count(training.skipped, "skipped, ") +
          count(epochs_.cropped(), "over-long ones cropped"),
      "development text: " + count(static_cast<int64_t>(development_.lines.size()), "texts")};
  if (training.labels.size() > 0) lines.push_back("labels: " + label_counts(training));
  for (const auto* more : {&notes_, &training.problems}) {
    std::ranges::copy(*more, std::back_inserter(lines));
  }
  for (const std::string& name : missing_labels(development_)) {
    lines.push_back("warning: the development text has no example of " + name);
  }
  return lines;
}

std::string sentiment_test_report(const Experiment& experiment,
                                  const std::filesystem::path& model_file) {
  SentimentModel model = load_sentiment_model(model_file);
  model.network->eval();
  const LabelledText text = read_for(model, experiment.labelled.test);
  const torch::Tensor logits = logits_for(model, text.lines);
  return "test: " + to_text(measure(logits, text, model.experiment)) + "  (" +
         count(static_cast<int64_t>(text.lines.size()), "texts)");
}

}  // namespace rondo
