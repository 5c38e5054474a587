#pragma once

#include <torch/torch.h>

#include <span>

#include "tokenizers/token_table.h"

namespace rondo {

// One padded batch of sentence pairs, of labelled sentences, or of sequences of vectors. Sentences
// run along the second dimension. What a task does not have stays undefined.
struct Batch {
  torch::Tensor source;          // [source_time, batch] int64, </s> last, then <pad>
  torch::Tensor inputs;          // [source_time, batch, width] float32, instead of source
  torch::Tensor source_lengths;  // [batch] int64, </s> counted; on the CPU
  torch::Tensor target_in;       // [target_time, batch] int64: <s> w1 ... wn, then <pad>
  torch::Tensor target_out;      // [target_time, batch] int64: w1 ... wn </s>, then <pad>
  torch::Tensor target_lengths;  // [batch] int64, n + 1; on the CPU
  // Where the real tokens of target_out lie when it is read row by row, [target_tokens] int64. Made
  // here because finding them on a GPU would wait for it.
  torch::Tensor target_positions;
  torch::Tensor labels;  // [batch] int64, or float32 [batch] of values, or [batch, labels] of 0
                         // and 1
  torch::Tensor label_weights;  // [batch] float32
  int64_t target_tokens = 0;  // what the loss is summed over: target tokens, or labelled sentences
  int64_t tokens = 0;         // what speed counts: target tokens, or tokens of labelled sentences
  int64_t size() const { return (inputs.defined() ? inputs : source).size(1); }
};

// Where the real tokens lie in a padded [time, batch] that is read row by row; lengths [batch].
torch::Tensor real_positions(const torch::Tensor& lengths, int64_t time);

// The pairs of the given indices, padded to the longest; on the CPU.
Batch make_batch(const TokenTable& source, const TokenTable& target,
                 std::span<const int64_t> indices);

// Sources alone, as an encoder takes them: </s> added, padded.
struct SourceBatch {
  torch::Tensor tokens;   // [source_time, batch] int64
  torch::Tensor lengths;  // [batch] int64, </s> counted; on the CPU
};
SourceBatch make_source_batch(const TokenTable& source, std::span<const int64_t> indices);

}  // namespace rondo
