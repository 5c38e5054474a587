#include "app/tasks/sentiment_text.h"

#include "app/data/batches.h"
#include "tokenizers/bulk_encoding.h"

namespace rondo {
namespace {

torch::Tensor many_of(const std::vector<Target>& targets, int64_t labels) {
  const torch::Tensor table =
      torch::zeros({static_cast<int64_t>(targets.size()), labels}, torch::kFloat);
  auto at = table.accessor<float, 2>();
  for (size_t row = 0; row < targets.size(); ++row) {
    for (const int64_t label : targets[row].labels) at[static_cast<int64_t>(row)][label] = 1;
  }
  return table;
}

// The batches of one epoch; everything they are made of lives as long as they do.
class LabelledBatches : public EpochBatches {
 public:
  LabelledBatches(std::shared_ptr<const TokenTable> tokens, TargetTensors targets,
                  const BatchOptions& options, int64_t epoch)
      : tokens_(std::move(tokens)),
        targets_(std::move(targets)),
        plan_(make_batches(*tokens_, *tokens_, options, epoch)) {}

  int64_t size() const override { return static_cast<int64_t>(plan_.size()); }
  Batch at(int64_t index) const override {
    return make_labelled_batch(*tokens_, targets_, plan_[static_cast<size_t>(index)]);
  }

 private:
  std::shared_ptr<const TokenTable> tokens_;
  TargetTensors targets_;
  std::vector<std::vector<int64_t>> plan_;
};

}  // namespace

TargetTensors target_tensors(const LabelledText& text, TargetType type) {
  std::vector<float> weights, values;
  std::vector<int64_t> labels;
  for (const Target& target : text.targets) {
    weights.push_back(static_cast<float>(target.weight));
    values.push_back(static_cast<float>(target.value));
    labels.push_back(target.labels.empty() ? 0 : target.labels.front());
  }
  TargetTensors tensors{.labels = {}, .weights = torch::tensor(weights)};
  if (type == TargetType::value) {
    tensors.labels = torch::tensor(values);
  } else if (type == TargetType::multi_label) {
    tensors.labels = many_of(text.targets, text.labels.size());
  } else {
    tensors.labels = torch::tensor(labels, torch::kInt64);
  }
  return tensors;
}

torch::Tensor class_weights(const ClassifyingOptions& options, const torch::Tensor& labels,
                            int64_t classes) {
  if (options.class_weights == ClassWeights::none) return {};
  if (options.class_weights == ClassWeights::given) {
    return torch::tensor(options.given_weights).to(torch::kFloat);
  }
  const torch::Tensor counts = torch::bincount(labels, {}, classes).to(torch::kFloat);
  // A class that never comes has no example to weigh.
  return static_cast<float>(labels.numel()) / (static_cast<float>(classes) * counts.clamp_min(1));
}

Batch make_labelled_batch(const TokenTable& tokens, const TargetTensors& targets,
                          std::span<const int64_t> indices) {
  const SourceBatch text = make_source_batch(tokens, indices);
  const torch::Tensor rows =
      torch::tensor(std::vector<int64_t>(indices.begin(), indices.end()), torch::kInt64);
  Batch batch;
  batch.source = text.tokens;
  batch.source_lengths = text.lengths;
  batch.labels = targets.labels.index_select(0, rows);
  batch.label_weights = targets.weights.index_select(0, rows);
  batch.target_tokens = batch.size();
  batch.tokens = text.lengths.sum().item<int64_t>();
  return batch;
}

SentimentEpochs::SentimentEpochs(const Experiment& experiment,
                                 std::shared_ptr<const Tokenizer> tokenizer)
    : experiment_(experiment),
      tokenizer_(std::move(tokenizer)),
      text_(read_labelled_text(experiment.labelled.train, experiment.labelled,
                               LabelSet(experiment.labelled.labels))),
      targets_(target_tensors(text_, experiment.labelled.targets)) {
  experiment_.batching.random_seed = experiment.training.random_seed;
  const TokenTable whole = encode_all(*tokenizer_, text_.lines, experiment.training.num_threads);
  const int64_t limit = experiment.labelled.max_length;
  for (int64_t line = 0; line < whole.size(); ++line) cropped_ += whole.length(line) > limit;
  tokens_ = std::make_shared<TokenTable>(cropped_lines(whole, limit));
}

std::unique_ptr<EpochBatches> SentimentEpochs::epoch(int64_t epoch) const {
  std::shared_ptr<const TokenTable> tokens = tokens_;
  if (experiment_.tokenizer.alpha > 0) {
    const auto sampled =
        encode_all_sampled(*tokenizer_, text_.lines, experiment_.training.random_seed, epoch);
    tokens = std::make_shared<TokenTable>(cropped_lines(sampled, experiment_.labelled.max_length));
  }
  return std::make_unique<LabelledBatches>(std::move(tokens), targets_, experiment_.batching,
                                           epoch);
}

}  // namespace rondo
