#include "app/tasks/sentiment_evaluation.h"

#include <cstdio>

#include "app/decoding/line_logits.h"
#include "app/decoding/predictions.h"
#include "app/metrics/calibration.h"
#include "app/tasks/sentiment_loss.h"
#include "app/tasks/sentiment_text.h"

namespace rondo {
namespace {

using Answers = std::vector<Scored>;

Answers scored(const torch::Tensor& logits, const Experiment& experiment) {
  return scored_lines(logits, experiment.labelled.targets, experiment.scoring);
}

double mean_loss(const torch::Tensor& logits, const LabelledText& text, TargetType type) {
  const TargetTensors targets = target_tensors(text, type);
  const LossSum loss = SentimentLoss(type, {}).of(logits, targets.labels, {});
  return loss.nll.item<double>() / static_cast<double>(loss.tokens);
}

void add_class_metrics(const Answers& answers, const LabelledText& text, TargetType type,
                       MetricValues& values) {
  const ClassPredictions predictions = class_predictions(answers, text.targets);
  std::vector<int64_t> decided;
  for (const Scored& answer : answers) decided.push_back(answer.decided.front());
  const ConfusionMatrix matrix = confusion_matrix(predictions.truth, decided, predictions.classes);
  values.push_back({"accuracy", accuracy(matrix)});
  values.push_back({"macro_f1", macro_f1(matrix)});
  values.push_back({"mcc", matthews(matrix)});
  if (type == TargetType::classes) {
    values.push_back({"auc", roc_auc(predictions)});
  } else {
    values.push_back({"mae", class_distance(matrix)});
  }
}

void add_label_metrics(const Answers& answers, const LabelledText& text, double threshold,
                       MetricValues& values) {
  const auto scores = multi_label_scores(label_predictions(answers, text.targets), threshold);
  values.push_back({"accuracy", scores.subset_accuracy});
  values.push_back({"macro_f1", scores.macro_f1});
  values.push_back({"micro_f1", scores.micro_f1});
}

void add_value_metrics(const Answers& answers, const LabelledText& text, MetricValues& values) {
  const auto [predicted, truth] = value_predictions(answers, text.targets);
  values.push_back({"mae", mean_absolute_error(predicted, truth)});
  values.push_back({"rmse", root_mean_squared_error(predicted, truth)});
  values.push_back({"pearson", pearson(predicted, truth)});
  values.push_back({"spearman", spearman(predicted, truth)});
}

ThresholdGoal goal_of(ThresholdChoice choice) {
  if (choice == ThresholdChoice::f1) return ThresholdGoal::f1;
  return choice == ThresholdChoice::mcc ? ThresholdGoal::mcc : ThresholdGoal::accuracy;
}

double fitted_temperature(const torch::Tensor& logits, const LabelledText& text) {
  ClassLogits answers{.classes = logits.size(1)};
  const torch::Tensor flat = logits.contiguous();
  answers.logits.assign(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel());
  for (const Target& target : text.targets) answers.truth.push_back(target.labels.front());
  return fit_temperature(answers);
}

std::string with_number(const std::string& name, double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", number);
  return name.empty() ? text : name + " " + text;
}

std::string shown(const Scored& answer, const std::vector<std::string>& labels) {
  if (labels.empty()) return with_number("", answer.probabilities.front());
  std::string text;
  for (const int64_t label : answer.decided) {
    const auto at = static_cast<size_t>(label);
    text += (text.empty() ? "" : ", ") + with_number(labels[at], answer.probabilities[at]);
  }
  return text.empty() ? "none" : text;
}

}  // namespace

void calibrate(const torch::Tensor& logits, const LabelledText& text, Experiment& experiment) {
  const TargetType type = experiment.labelled.targets;
  const ClassifyingOptions& options = experiment.classifying;
  ScoringOptions& scoring = experiment.scoring;
  const bool classes = type == TargetType::classes;
  if (classes && options.calibrate) scoring.temperature = fitted_temperature(logits, text);
  if (options.choose_threshold == ThresholdChoice::none) return;
  const Answers answers = scored(logits, experiment);
  if (type == TargetType::multi_label) {
    scoring.threshold = best_threshold(label_predictions(answers, text.targets));
  } else if (classes && logits.size(1) == 2) {
    scoring.threshold =
        best_threshold(class_predictions(answers, text.targets), goal_of(options.choose_threshold));
  }
}

MetricValues measure(const torch::Tensor& logits, const LabelledText& text,
                     const Experiment& experiment) {
  const TargetType type = experiment.labelled.targets;
  const Answers answers = scored(logits, experiment);
  MetricValues values{{"loss", mean_loss(logits, text, type)}};
  if (type == TargetType::value) {
    add_value_metrics(answers, text, values);
  } else if (type == TargetType::multi_label) {
    add_label_metrics(answers, text, experiment.scoring.threshold, values);
  } else {
    add_class_metrics(answers, text, type, values);
  }
  return values;
}

std::vector<std::string> answers(const torch::Tensor& logits, const Experiment& experiment) {
  std::vector<std::string> texts;
  for (const Scored& answer : scored(logits, experiment)) {
    texts.push_back(shown(answer, experiment.labelled.labels));
  }
  return texts;
}

}  // namespace rondo
