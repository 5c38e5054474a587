#include "models/output_partition.h"

#include <ATen/Parallel.h>

#include <algorithm>

#include "models/softmax_rows.h"

namespace rondo {
namespace {

constexpr int64_t kBlockRows = 64;  // of which one thread adds up the columns

// What a chunk's logits give: the probabilities take their place.
struct ChunkSums {
  torch::Tensor log_sum;      // [count] float32
  torch::Tensor column_sums;  // [vocab] float32, of the probabilities
};

bool has_kernel(const torch::Tensor& scores) {
  return scores.device().is_cpu() &&
         (scores.scalar_type() == torch::kFloat || scores.scalar_type() == torch::kBFloat16);
}

// T: what the kernel calls the elements of the tensors, which are at::T.
template <class T>
ChunkSums kernel_softmax(const torch::Tensor& scores, const torch::Tensor& bias) {
  const int64_t rows = scores.size(0), vocab = scores.size(1);
  const int64_t blocks = (rows + kBlockRows - 1) / kBlockRows;
  const auto log_sum = torch::empty({rows}, bias.options());
  // Added up block by block, so that the number of threads changes nothing.
  const auto column_sums = torch::zeros({blocks, vocab}, bias.options());
  at::parallel_for(0, blocks, 1, [&](int64_t begin, int64_t end) {
    std::vector<float> scratch(static_cast<size_t>(vocab));
    for (int64_t block = begin; block < end; ++block) {
      const int64_t first = block * kBlockRows;
      softmax_rows(SoftmaxBlock<T>{.scores = static_cast<T*>(scores.data_ptr()) + first * vocab,
                                   .bias = bias.data_ptr<float>(),
                                   .rows = std::min(kBlockRows, rows - first),
                                   .vocab = vocab,
                                   .log_sum = log_sum.data_ptr<float>() + first,
                                   .column_sums = column_sums.data_ptr<float>() + block * vocab,
                                   .scratch = scratch.data()});
    }
  });
  return {log_sum, column_sums.sum(0)};
}

// log sum exp z = z_m - log p_m for any m; at the maximum p is largest and keeps its precision
// even in bf16.
ChunkSums plain_softmax(torch::Tensor& scores) {
  const auto [top, place] = scores.max(1, /*keepdim=*/true);
  scores = torch::softmax(scores, -1);
  const auto top_prob = scores.gather(1, place).to(torch::kFloat);
  return {(top.to(torch::kFloat) - top_prob.log()).squeeze(1),
          scores.sum(0, /*keepdim=*/false, torch::kFloat)};
}

// features [count, dim] -> probabilities [count, vocab], put into `scores`. The kernel adds the
// bias in float32, whatever the type of the products.
ChunkSums softmax_of(const torch::Tensor& features, const torch::Tensor& weight,
                     const torch::Tensor& bias, torch::Tensor& scores) {
  if (!has_kernel(scores)) {
    torch::addmm_out(scores, bias.to(scores.scalar_type()), features, weight.t());
    return plain_softmax(scores);
  }
  torch::mm_out(scores, features, weight.t());
  return scores.scalar_type() == torch::kFloat ? kernel_softmax<float>(scores, bias)
                                               : kernel_softmax<uint16_t>(scores, bias);
}

// sum += gradient^T features.
void add_weight_gradient(const torch::Tensor& gradient, const torch::Tensor& features,
                         torch::Tensor& sum) {
  if (features.scalar_type() == torch::kFloat) {
    sum.addmm_(gradient.t(), features);
  } else {
    sum += torch::mm(gradient.t(), features);
  }
}

// The gradient by the logits of log_sum + alpha * divergence.
struct PairedSlice {
  torch::Tensor divergence;  // scalar, alpha not applied
  torch::Tensor gradient;    // [2 * tokens, vocab]
};

// log_probs [2 * tokens, vocab]: log p, then log q. By a logit of p the divergence's gradient is
// p (d - sum of p d) / 2 + (p - q) / 2 with d = log p - log q; by one of q the same, exchanged.
PairedSlice divergence_gradient(const torch::Tensor& log_probs, double alpha) {
  const int64_t tokens = log_probs.size(0) / 2;
  const auto probs = log_probs.exp();
  const auto p = probs.narrow(0, 0, tokens), q = probs.narrow(0, tokens, tokens);
  const auto d = log_probs.narrow(0, 0, tokens) - log_probs.narrow(0, tokens, tokens);
  const auto difference = p - q;
  const auto mean_p = (p * d).sum(1, /*keepdim=*/true), mean_q = (q * d).sum(1, /*keepdim=*/true);
  const double half = alpha / 2;
  p.mul_((d - mean_p).mul_(half).add_(1)).add_(difference, half);
  q.mul_((mean_q - d).mul_(half).add_(1)).sub_(difference, half);
  return {(mean_p - mean_q).sum() / 2, probs};
}

}  // namespace

Partition empty_partition(const OutputLayer& layer, const WantedGradients& wanted) {
  const auto float_options = layer.features.options().dtype(torch::kFloat);
  Partition result{.log_sum = torch::empty({layer.features.size(0)}, float_options),
                   .divergence = torch::zeros({}, float_options)};
  if (wanted.features) result.gradient.features = torch::empty_like(layer.features, float_options);
  if (wanted.layer) {
    result.gradient.weight = torch::zeros(layer.weight.sizes(), float_options);
    result.gradient.bias = torch::zeros(layer.bias.sizes(), float_options);
  }
  return result;
}

int64_t chunk_for(int64_t vocab) {
  constexpr int64_t kLeast = 512, kLogits = int64_t{1} << 24;
  return std::max(kLeast, kLogits / std::max<int64_t>(vocab, 1));
}

void add_partition(const OutputLayer& layer, torch::ScalarType type, int64_t chunk,
                   Partition& result) {
  const auto features = layer.features.to(type), weight = layer.weight.to(type);
  const int64_t tokens = features.size(0);
  const auto memory = torch::empty({std::min(chunk, tokens), weight.size(0)}, features.options());
  const auto bias = layer.bias.to(torch::kFloat).contiguous();
  for (int64_t begin = 0; begin < tokens; begin += chunk) {
    const int64_t count = std::min(chunk, tokens - begin);
    const auto some = features.narrow(0, begin, count);
    auto scores = memory.narrow(0, 0, count);
    const ChunkSums sums = softmax_of(some, weight, bias, scores);
    result.log_sum.narrow(0, begin, count).copy_(sums.log_sum);
    auto& [by_features, by_weight, by_bias] = result.gradient;
    if (by_features.defined()) by_features.narrow(0, begin, count).copy_(scores.mm(weight));
    if (!by_weight.defined()) continue;
    add_weight_gradient(scores, some, by_weight);
    by_bias += sums.column_sums;
  }
}

void add_paired_partition(const OutputLayer& given, torch::ScalarType type, int64_t chunk,
                          double alpha, Partition& result) {
  const OutputLayer layer = given.to(type);
  const int64_t tokens = layer.features.size(0) / 2, step = std::max<int64_t>(chunk / 2, 1);
  for (int64_t begin = 0; begin < tokens; begin += step) {
    const int64_t count = std::min(step, tokens - begin);
    const auto slices = [&](const torch::Tensor& rows) {
      return rows.view({2, tokens, -1}).narrow(1, begin, count);  // [2, count, ...]
    };
    const auto features = slices(layer.features).reshape({2 * count, -1});
    const auto scores = torch::addmm(layer.bias, features, layer.weight.t()).to(torch::kFloat);
    const auto all = torch::log_softmax(scores, -1);
    slices(result.log_sum).copy_((scores.select(1, 0) - all.select(1, 0)).view({2, count, 1}));
    const auto slice = divergence_gradient(all, alpha);
    result.divergence += slice.divergence;
    const auto gradient = slice.gradient.to(layer.features.scalar_type());
    auto& [by_features, by_weight, by_bias] = result.gradient;
    if (by_features.defined()) {
      slices(by_features).copy_(torch::mm(gradient, layer.weight).view({2, count, -1}));
    }
    if (!by_weight.defined()) continue;
    add_weight_gradient(gradient, features, by_weight);
    by_bias += slice.gradient.sum(0);
  }
}

}  // namespace rondo
