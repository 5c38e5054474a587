#include "app/tasks/translation.h"

#include <algorithm>
#include <iterator>

namespace rondo {
namespace {

// Every line counts in a validation: none is dropped.
ParallelCorpus load_development(const TranslationModel& model) {
  const Experiment& experiment = model.experiment;
  return load_parallel_corpus(
      experiment.data.dev, *model.source_tokenizer, *model.target_tokenizer,
      {.drop_empty = false, .keep_text = true, .num_threads = experiment.training.num_threads});
}

}  // namespace

TranslationTask::TranslationTask(TranslationModel model, const Hardware& hardware,
                                 std::vector<std::string> notes)
    : model_(std::move(model)),
      work_(matrix_work(*model_.network)),
      hardware_(hardware),
      epochs_(model_.experiment, model_.source_tokenizer, model_.target_tokenizer),
      development_(load_development(model_)),
      development_sources_(
          cropped_lines(development_.source, model_.experiment.testing.max_input_length)),
      notes_(std::move(notes)) {
  model_.network->to(hardware.device);
}

std::unique_ptr<EpochBatches> TranslationTask::epoch_batches(int64_t epoch) const {
  return epochs_.epoch(epoch);
}

double TranslationTask::matrix_flops(const Batch& batch) const {
  return training_flops(
      work_, {.sentences = static_cast<double>(batch.size()),
              .source_tokens = batch.source_lengths.sum().item<double>(),
              .target_tokens = static_cast<double>(batch.target_tokens),
              .pairs = (batch.source_lengths * batch.target_lengths).sum().item<double>()});
}

// The output layer sees real tokens alone, never padding.
LossSum TranslationTask::loss(const Batch& batch, double label_smoothing) {
  const DecoderOutput output =
      model_.network->forward(batch.source, batch.source_lengths, batch.target_in);
  const auto features = output.features.flatten(0, 1).index_select(0, batch.target_positions);
  const auto targets = batch.target_out.flatten().index_select(0, batch.target_positions);
  DecoderImpl& decoder = model_.network->decoder();
  return linear_cross_entropy(features, decoder.output_weight(), decoder.output_bias(), targets,
                              label_smoothing);
}

TensorFile TranslationTask::model_file(const std::string& history) const {
  return to_tensor_file(model_, history);
}

std::vector<std::string> TranslationTask::summary() const {
  const auto text = [](int64_t number) { return std::to_string(number); };
  std::string vocabulary = "vocabulary: " + text(model_.source_tokenizer->size()) + " pieces";
  if (model_.source_tokenizer == model_.target_tokenizer) {
    vocabulary += ", joint";
  } else {
    vocabulary += " source, " + text(model_.target_tokenizer->size()) + " target";
  }
  std::vector<std::string> lines{vocabulary};
  std::ranges::copy(notes_, std::back_inserter(lines));
  std::ranges::copy(describe(epochs_.mix()), std::back_inserter(lines));
  lines.push_back("development text: " + text(development_.size()) + " pairs");
  return lines;
}

}  // namespace rondo
