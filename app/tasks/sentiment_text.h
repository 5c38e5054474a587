#pragma once

#include <torch/torch.h>

#include <memory>
#include <string>

#include "app/config/experiment.h"
#include "app/data/batch.h"
#include "app/data/labelled_text.h"
#include "app/training/task.h"
#include "tokenizers/token_table.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// The targets of many texts as tensors: labels [n] int64 (classes, ordinal), [n, labels] float32
// (multi_label) or [n] float32 (value); weights [n] float32. On the CPU.
struct TargetTensors {
  torch::Tensor labels, weights;
};
TargetTensors target_tensors(const LabelledText& text, TargetType type);

// Weights of the classes [classes] float32 as the options ask; undefined = all 1.
torch::Tensor class_weights(const ClassifyingOptions& options, const torch::Tensor& labels,
                            int64_t classes);

// The labelled sentences of the indices, padded to the longest; on the CPU.
Batch make_labelled_batch(const TokenTable& tokens, const TargetTensors& targets,
                          std::span<const int64_t> indices);

// The training text of a classifier, cut into batches anew each epoch; with subword sampling
// (tokenizer.alpha) it is also segmented anew.
class SentimentEpochs {
 public:
  SentimentEpochs(const Experiment& experiment, std::shared_ptr<const Tokenizer> tokenizer);

  // A function of (training.random_seed, epoch) alone.
  std::unique_ptr<EpochBatches> epoch(int64_t epoch) const;

  const LabelledText& text() const { return text_; }
  const TargetTensors& targets() const { return targets_; }
  const TokenTable& tokens() const { return *tokens_; }
  int64_t cropped() const { return cropped_; }

 private:
  Experiment experiment_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  LabelledText text_;
  TargetTensors targets_;
  std::shared_ptr<const TokenTable> tokens_;
  int64_t cropped_ = 0;
};

}  // namespace rondo
