#include "app/tasks/language_model.h"

#include <cmath>

#include "app/data/batches.h"
#include "app/errors.h"
#include "app/storage/model_format.h"
#include "app/storage/network_weights.h"
#include "app/tasks/plain_text.h"
#include "app/tasks/task_setup.h"
#include "tokenizers/bulk_encoding.h"

namespace rondo {
namespace {

Batch text_batch(const TokenTable& tokens, std::span<const int64_t> rows) {
  const SourceBatch text = make_source_batch(tokens, rows);
  Batch batch;
  batch.source = text.tokens;
  batch.source_lengths = text.lengths;
  batch.tokens = batch.target_tokens = text.lengths.sum().item<int64_t>();
  return batch;
}

class TextBatches : public EpochBatches {
 public:
  TextBatches(std::shared_ptr<const TokenTable> tokens, const BatchOptions& options, int64_t epoch)
      : tokens_(std::move(tokens)), plan_(make_batches(*tokens_, *tokens_, options, epoch)) {}

  int64_t size() const override { return static_cast<int64_t>(plan_.size()); }
  Batch at(int64_t index) const override {
    return text_batch(*tokens_, plan_[static_cast<size_t>(index)]);
  }

 private:
  std::shared_ptr<const TokenTable> tokens_;
  std::vector<std::vector<int64_t>> plan_;
};

std::shared_ptr<const Tokenizer> tokenizer_for(const Experiment& experiment,
                                               const std::vector<std::string>& texts,
                                               const std::filesystem::path& start) {
  if (start.empty()) return train_tokenizer({&texts}, experiment.tokenizer);
  const TensorFile file = read_tensor_file(start);
  check_task(file, TaskType::language_model, start.string());
  auto tokenizer = load_tokenizer_of(file, "source", experiment.tokenizer, start.string());
  if (!tokenizer) throw DataError(start.string() + ": holds no tokenizer");
  return tokenizer;
}

LanguageModel make_network(const Experiment& experiment) {
  torch::manual_seed(experiment.training.random_seed);
  try {
    return LanguageModel(experiment.classifier);
  } catch (const std::invalid_argument& error) {
    throw ConfigError(std::string("model: ") + error.what());
  }
}

}  // namespace

LanguageModelTask::LanguageModelTask(const Experiment& experiment,
                                     const std::filesystem::path& start, const Hardware& hardware)
    : experiment_(experiment), hardware_(hardware) {
  experiment_.batching.random_seed = experiment.training.random_seed;
  const auto texts = read_texts(experiment.labelled.train, experiment.labelled);
  tokenizer_ = tokenizer_for(experiment, texts, start);
  experiment_.classifier.encoder.vocab_size = tokenizer_->size();
  network_ = make_network(experiment_);
  if (!start.empty()) copy_weights(read_tensor_file(start), *network_, start.string());
  network_->to(hardware.device);
  training_ = std::make_shared<TokenTable>(encode(texts));
  development_ = encode(read_texts(experiment.labelled.dev, experiment.labelled));
}

TokenTable LanguageModelTask::encode(const std::vector<std::string>& texts) const {
  return cropped_lines(encode_all(*tokenizer_, texts, experiment_.training.num_threads),
                       experiment_.labelled.max_length);
}

std::unique_ptr<EpochBatches> LanguageModelTask::epoch_batches(int64_t epoch) const {
  return std::make_unique<TextBatches>(training_, experiment_.batching, epoch);
}

LossSum LanguageModelTask::loss(const Batch& batch, double label_smoothing) {
  return network_->loss(
      batch.source, batch.source_lengths,
      {.label_smoothing = label_smoothing, .alpha = experiment_.training.r_drop_alpha});
}

MetricValues LanguageModelTask::measure(const TokenTable& tokens) {
  double nll = 0;
  int64_t predictions = 0;
  const Workers& workers = hardware_.workers;
  const auto plan = make_batches(tokens, tokens, experiment_.batching, 0);
  for (size_t i = static_cast<size_t>(workers.rank()); i < plan.size();
       i += static_cast<size_t>(workers.size())) {
    const Batch batch = text_batch(tokens, plan[i]);
    const LossSum loss = network_->loss(batch.source.to(hardware_.device),
                                        batch.source_lengths.to(hardware_.device), {});
    nll += loss.nll.item<double>();
    predictions += loss.tokens;
  }
  const std::vector<double> sums = workers.sum({nll, static_cast<double>(predictions)});
  const double mean = sums[0] / sums[1];
  return {{"loss", mean}, {"ppl", std::exp(mean)}};
}

Validation LanguageModelTask::validate() { return {.values = measure(development_)}; }

TensorFile LanguageModelTask::model_file(const std::string& history) const {
  TensorFile file;
  add_weights(*network_, file);
  add_tokenizer(*tokenizer_, "source", file);
  add_description(experiment_, history, file);
  return file;
}

std::vector<std::string> LanguageModelTask::summary() const {
  const auto text = [](const std::string& name, const TokenTable& tokens) {
    return name + " text: " + std::to_string(tokens.size()) + " texts, " +
           std::to_string(tokens.tokens()) + " pieces";
  };
  return {"vocabulary: " + std::to_string(tokenizer_->size()) + " pieces",
          text("training", *training_), text("development", development_)};
}

std::string LanguageModelTask::report(const std::vector<std::string>& texts) {
  const torch::NoGradGuard no_grad;
  network_->eval();
  return "test: " + to_text(measure(encode(texts)));
}

}  // namespace rondo
