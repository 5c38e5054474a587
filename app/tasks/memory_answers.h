#pragma once

#include <string>
#include <vector>

#include "app/data/batch.h"
#include "app/data/memory_options.h"
#include "app/training/validation.h"
#include "models/loss.h"

// What a model's outputs [answers, batch, outputs] are worth against a batch of memory_batch, or
// any part of one.
namespace rondo {

// adding: squared error, a target an example. copy, reverse: cross-entropy in nats, a target a
// symbol said.
LossSum memory_loss(const MemoryOptions& options, const torch::Tensor& outputs, const Batch& batch,
                    double label_smoothing);

// How many of those targets are met: sums to within 0.04 (Hochreiter & Schmidhuber 1997), symbols
// exactly.
int64_t right_answers(const MemoryOptions& options, const torch::Tensor& outputs,
                      const Batch& batch);

// One example of the batch to be read by people; everything on the CPU.
Sample memory_sample(const MemoryOptions& options, const torch::Tensor& outputs, const Batch& batch,
                     int64_t example);

// The loss of the best answer that remembers nothing: 1/6, the variance of the sum of two uniform
// numbers, or the log of the number of symbols.
double ignorant_loss(const MemoryOptions& options);

// What the problem is, and what remembering nothing is worth, a line each.
std::vector<std::string> memory_summary(const MemoryOptions& options);

}  // namespace rondo
