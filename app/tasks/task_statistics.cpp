// What each task tells the page of its run about the texts it learns from.
#include "app/tasks/language_model.h"
#include "app/tasks/sentiment.h"
#include "app/tasks/text_statistics.h"
#include "app/tasks/translation.h"
#include "tokenizers/bulk_encoding.h"

namespace rondo {
namespace {

std::string over_long(const std::string& side, int64_t limit) {
  return limit > 0 ? side + " " + std::to_string(limit) + " pieces" : "";
}

// "over-long (source 100 pieces, target 100 pieces)".
std::string over_long(const DataOptions& data) {
  const std::string source = over_long("source", data.src_max_length);
  const std::string target = over_long("target", data.trg_max_length);
  const std::string both = source + (source.empty() || target.empty() ? "" : ", ") + target;
  return both.empty() ? "over-long" : "over-long (more than: " + both + ")";
}

std::vector<int64_t> examples_of_labels(const LabelledText& text) {
  std::vector<int64_t> counts(static_cast<size_t>(text.labels.size()));
  for (const Target& target : text.targets) {
    for (const int64_t label : target.labels) ++counts[static_cast<size_t>(label)];
  }
  return counts;
}

}  // namespace

DatasetStatistics TranslationTask::statistics() const {
  const ParallelCorpus& training = epochs_->corpus();
  const DataOptions& data = model_.experiment.data;
  const std::string source = "source (" + data.src_lang + ")";
  const std::string target = "target (" + data.trg_lang + ")";
  DatasetStatistics statistics{.lines_read = training.lines_read};
  add_dropped(training.dropped_empty, "empty", statistics.dropped);
  add_dropped(training.dropped_long, over_long(data), statistics.dropped);
  const std::string some = epochs_->is_sample() ? ", a sample" : "";
  statistics.training = {text_statistics(source + some, training.source),
                         text_statistics(target + some, training.target)};
  statistics.development = {text_statistics(source, development_.source),
                            text_statistics(target, development_.target)};
  return statistics;
}

DatasetStatistics SentimentTask::statistics() const {
  const LabelledText& training = epochs_.text();
  const Experiment& experiment = model_.experiment;
  DatasetStatistics statistics{.lines_read = training.records_read};
  add_dropped(training.skipped, "that could not be read", statistics.dropped);
  statistics.training = {text_statistics("text", epochs_.tokens())};
  statistics.development = {text_statistics(
      "text", encode_all(*model_.tokenizer, development_.lines, experiment.training.num_threads))};
  for (int64_t label = 0; label < training.labels.size(); ++label) {
    statistics.labels.push_back(training.labels.name(label));
  }
  statistics.label_counts = examples_of_labels(training);
  return statistics;
}

DatasetStatistics LanguageModelTask::statistics() const {
  return {.lines_read = training_->size(),
          .training = {text_statistics("text", *training_)},
          .development = {text_statistics("text", development_)}};
}

}  // namespace rondo
