#include "app/tasks/translation.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace rondo {
namespace {

// Every line counts in a validation: none is dropped.
ParallelCorpus load_development(const TranslationModel& model) {
  const Experiment& experiment = model.experiment;
  return load_parallel_corpus(
      experiment.data.dev, *model.source_tokenizer, *model.target_tokenizer,
      {.drop_empty = false, .keep_text = true, .num_threads = experiment.training.num_threads});
}

// Thinned weights serve all sentences of a forward call, so two passes need two calls.
bool drops_weights(const Seq2SeqOptions& options) {
  const auto& [encoder, decoder] = std::tie(options.encoder, options.decoder);
  return encoder.weight_dropout > 0 || encoder.recurrent_dropout > 0 ||
         decoder.weight_dropout > 0 || decoder.recurrent_dropout > 0;
}

torch::Tensor twice(const torch::Tensor& tensor, int64_t batch_dim) {
  return torch::cat({tensor, tensor}, batch_dim);
}

// [target_time, 2 * batch, features]: both passes beside each other.
torch::Tensor features_of_two_passes(Seq2SeqImpl& network, const Batch& batch) {
  const auto pass = [&] {
    return network.forward(batch.source, batch.source_lengths, batch.target_in).features;
  };
  if (drops_weights(network.options)) return torch::cat({pass(), pass()}, 1);
  return network
      .forward(twice(batch.source, 1), twice(batch.source_lengths, 0), twice(batch.target_in, 1))
      .features;
}

// What meets the vocabulary: real tokens alone, never padding.
struct OutputRows {
  OutputLayer layer;
  torch::Tensor targets;  // [tokens]
};

OutputRows output_rows(Seq2SeqImpl& network, const Batch& batch) {
  const DecoderOutput output = network.forward(batch.source, batch.source_lengths, batch.target_in);
  DecoderImpl& decoder = network.decoder();
  return {{output.features.flatten(0, 1).index_select(0, batch.target_positions),
           decoder.output_weight(), decoder.output_bias()},
          batch.target_out.flatten().index_select(0, batch.target_positions)};
}

// Where more are asked for than there are, all count and nothing is drawn.
std::optional<CandidateSampler> sampler_of(const TranslationModel& model) {
  const int64_t count = model.experiment.training.sampled_softmax;
  const int64_t vocab = model.target_tokenizer->size();
  if (count == 0 || count >= vocab) return std::nullopt;
  return CandidateSampler(vocab, count);
}

}  // namespace

LossSum translation_loss(Seq2SeqImpl& network, const Batch& batch, double label_smoothing) {
  const auto [layer, targets] = output_rows(network, batch);
  return linear_cross_entropy(layer.features, layer.weight, layer.bias, targets, label_smoothing);
}

double translation_flops(const MatrixWork& work, const Batch& batch) {
  return training_flops(
      work, {.sentences = static_cast<double>(batch.size()),
             .source_tokens = batch.source_lengths.sum().item<double>(),
             .target_tokens = static_cast<double>(batch.target_tokens),
             .pairs = (batch.source_lengths * batch.target_lengths).sum().item<double>()});
}

TranslationTask::TranslationTask(TranslationModel model, const Hardware& hardware,
                                 std::vector<std::string> notes)
    : model_(std::move(model)),
      work_(matrix_work(*model_.network)),
      hardware_(hardware),
      epochs_(make_translation_epochs(model_.experiment, model_.source_tokenizer,
                                      model_.target_tokenizer)),
      development_(load_development(model_)),
      development_sources_(
          cropped_lines(development_.source, model_.experiment.testing.max_input_length)),
      notes_(std::move(notes)),
      sampler_(sampler_of(model_)) {
  model_.network->to(hardware.device);
}

std::unique_ptr<EpochBatches> TranslationTask::epoch_batches(int64_t epoch) const {
  return epochs_->batches(epoch, 0);
}

std::unique_ptr<EpochBatches> TranslationTask::block_batches(int64_t epoch, int64_t block) const {
  return epochs_->batches(epoch, block);
}

double TranslationTask::matrix_flops(const Batch& batch) const {
  const double passes = model_.experiment.training.r_drop_alpha > 0 ? 2 : 1;
  return passes * translation_flops(work_, batch);
}

LossSum TranslationTask::loss(const Batch& batch, double label_smoothing) {
  if (model_.experiment.training.r_drop_alpha > 0) return paired_loss(batch, label_smoothing);
  if (!sampler_) return translation_loss(*model_.network, batch, label_smoothing);
  const auto [layer, targets] = output_rows(*model_.network, batch);
  return sampled_cross_entropy(layer, targets, sampler_->draw(targets), label_smoothing);
}

LossSum TranslationTask::paired_loss(const Batch& batch, double label_smoothing) {
  const auto both = features_of_two_passes(*model_.network, batch);
  std::vector<torch::Tensor> features;  // of each pass, [target_tokens, features]
  for (const auto& pass : both.chunk(2, 1)) {
    features.push_back(pass.flatten(0, 1).index_select(0, batch.target_positions));
  }
  const auto targets = batch.target_out.flatten().index_select(0, batch.target_positions);
  DecoderImpl& decoder = model_.network->decoder();
  return paired_cross_entropy(
      torch::cat(features), decoder.output_weight(), decoder.output_bias(), targets,
      {.label_smoothing = label_smoothing, .alpha = model_.experiment.training.r_drop_alpha});
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
  std::ranges::copy(epochs_->describe(), std::back_inserter(lines));
  lines.push_back("development text: " + text(development_.size()) + " pairs");
  return lines;
}

}  // namespace rondo
