#include "app/data/batch_sample.h"

#include <algorithm>

namespace rondo {
namespace {

// Columns of [time, batch, ...], at most `time` steps of them; undefined stays so.
torch::Tensor columns(const torch::Tensor& padded, const torch::Tensor& chosen, int64_t time) {
  if (!padded.defined()) return {};
  return padded.narrow(0, 0, std::min(time, padded.size(0)))
      .index_select(1, chosen.to(padded.device()));
}

torch::Tensor rows(const torch::Tensor& values, const torch::Tensor& chosen) {
  return values.defined() ? values.index_select(0, chosen.to(values.device())) : torch::Tensor();
}

torch::Tensor longest(const Batch& batch, int64_t sentences) {
  torch::Tensor lengths = batch.source_lengths;
  if (batch.target_lengths.defined()) {
    lengths = lengths + batch.target_lengths.to(lengths.device());
  }
  const auto order = lengths.argsort(/*stable=*/true, /*dim=*/0, /*descending=*/true);
  return order.narrow(0, 0, std::min(sentences, lengths.size(0)));
}

// Targets that are as long as they are, or all of one length where no lengths are given.
void choose_targets(const Batch& batch, const torch::Tensor& chosen, int64_t steps, Batch& sample) {
  int64_t time = batch.target_out.size(0);
  if (batch.target_lengths.defined()) {
    sample.target_lengths = rows(batch.target_lengths, chosen).clamp_max(steps);
    time = sample.target_lengths.max().item<int64_t>();
    sample.target_positions =
        real_positions(sample.target_lengths.to(batch.target_out.device()), time);
  }
  sample.target_in = columns(batch.target_in, chosen, time);
  sample.target_out = columns(batch.target_out, chosen, time);
  sample.target_tokens = sample.target_lengths.defined()
                             ? sample.target_lengths.sum().item<int64_t>()
                             : sample.target_out.numel();
}

}  // namespace

Batch longest_sentences(const Batch& batch, const SampleLimits& limits) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor chosen = longest(batch, limits.sentences);
  Batch sample;
  sample.source_lengths = rows(batch.source_lengths, chosen).clamp_max(limits.steps);
  const auto time = sample.source_lengths.max().item<int64_t>();
  sample.source = columns(batch.source, chosen, time);
  sample.inputs = columns(batch.inputs, chosen, time);
  sample.labels = rows(batch.labels, chosen);
  sample.label_weights = rows(batch.label_weights, chosen);
  sample.tokens = sample.source_lengths.sum().item<int64_t>();
  sample.target_tokens = sample.labels.defined() ? chosen.size(0) : sample.tokens;
  if (batch.target_out.defined()) choose_targets(batch, chosen, limits.steps, sample);
  return sample;
}

}  // namespace rondo
