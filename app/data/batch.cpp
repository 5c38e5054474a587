#include "app/data/batch.h"

#include <algorithm>
#include <vector>

#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

// Lengths of the chosen lines with one special token each, [batch].
torch::Tensor lengths_of(const TokenTable& table, std::span<const int64_t> indices) {
  std::vector<int64_t> lengths;
  for (const int64_t i : indices) lengths.push_back(table.length(i) + 1);
  return torch::tensor(lengths, torch::kInt64);
}

// [time, batch]: each line with `first` before it or `last` after it (-1 = none), then padding.
torch::Tensor padded(const TokenTable& table, std::span<const int64_t> indices, int64_t time,
                     int32_t first, int32_t last) {
  const auto size = static_cast<int64_t>(indices.size());
  torch::Tensor tokens = torch::full({time, size}, kPadId, torch::kInt64);
  auto at = tokens.accessor<int64_t, 2>();
  for (int64_t column = 0; column < size; ++column) {
    int64_t row = 0;
    if (first >= 0) at[row++][column] = first;
    for (const int32_t id : table[indices[column]]) at[row++][column] = id;
    if (last >= 0) at[row][column] = last;
  }
  return tokens;
}

}  // namespace

torch::Tensor real_positions(const torch::Tensor& lengths, int64_t time) {
  const auto steps = torch::arange(time, lengths.options()).unsqueeze(1);
  return (steps < lengths.unsqueeze(0)).flatten().nonzero().flatten();
}

SourceBatch make_source_batch(const TokenTable& source, std::span<const int64_t> indices) {
  SourceBatch batch;
  batch.lengths = lengths_of(source, indices);
  batch.tokens = padded(source, indices, batch.lengths.max().item<int64_t>(), -1, kEosId);
  return batch;
}

Batch make_batch(const TokenTable& source, const TokenTable& target,
                 std::span<const int64_t> indices) {
  const SourceBatch sources = make_source_batch(source, indices);
  Batch batch;
  batch.source = sources.tokens;
  batch.source_lengths = sources.lengths;
  batch.target_lengths = lengths_of(target, indices);
  const auto time = batch.target_lengths.max().item<int64_t>();
  batch.target_in = padded(target, indices, time, kBosId, -1);
  batch.target_out = padded(target, indices, time, -1, kEosId);
  batch.target_positions = real_positions(batch.target_lengths, time);
  batch.target_tokens = batch.target_lengths.sum().item<int64_t>();
  batch.tokens = batch.target_tokens;
  return batch;
}

}  // namespace rondo
