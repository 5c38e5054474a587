#pragma once

#include <torch/torch.h>

#include <vector>

#include "app/data/labelled_options.h"
#include "app/decoding/options.h"
#include "app/decoding/scored.h"
#include "models/classifier.h"
#include "tokenizers/token_table.h"

namespace rondo {

// The logits of whole lines, in order: [lines, outputs] float32 on the CPU. ids: [lines] without
// </s>, at least one line. Lines are read longest first, options.batch_size pieces at once; one of
// more than options.max_length pieces in windows whose logits are averaged by their shares. No
// gradient; the network must be in evaluation mode.
torch::Tensor line_logits(ClassifierImpl& network, const TokenTable& ids,
                          const ScoringOptions& options);

// [lines, outputs] -> [lines, labels] float32, contiguous, double inside: softmax, sigmoid or
// ordinal probabilities of logits / temperature; the logits themselves for TargetType::value.
torch::Tensor label_probabilities(const torch::Tensor& logits, TargetType targets,
                                  double temperature);

// What these logits [lines, outputs] say of each line, with temperature and threshold.
std::vector<Scored> scored_lines(const torch::Tensor& logits, TargetType targets,
                                 const ScoringOptions& options);

}  // namespace rondo
