#include "app/decoding/line_logits.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <vector>

#include "app/data/batch.h"
#include "app/decoding/text_windows.h"
#include "models/classification_loss.h"

namespace rondo {
namespace {

constexpr int64_t kMostLinesAtOnce = 1024;  // very short lines do not fill a batch of pieces

// The windows of all lines, mostly one a line.
struct WindowTable {
  TokenTable ids;              // [windows], </s> not included
  std::vector<int64_t> lines;  // [windows], whose they are
  std::vector<float> shares;   // [windows], in the line's logits
};

WindowTable cut_into_windows(const TokenTable& ids, const ScoringOptions& options) {
  WindowTable windows;
  for (int64_t line = 0; line < ids.size(); ++line) {
    for (const auto& window :
         text_windows(ids.length(line), options.max_length, options.window_overlap)) {
      windows.ids.push_back(ids[line].subspan(static_cast<size_t>(window.begin),
                                              static_cast<size_t>(window.end - window.begin)));
      windows.lines.push_back(line);
      windows.shares.push_back(static_cast<float>(window.share));
    }
  }
  return windows;
}

// Longest first, so that a batch's shape follows from its first window alone: the same shapes come
// again in later calls, and oneDNN has their kernels ready.
std::vector<int64_t> longest_first(const TokenTable& ids) {
  std::vector<int64_t> order(static_cast<size_t>(ids.size()));
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](int64_t a, int64_t b) { return ids.length(a) > ids.length(b); });
  return order;
}

// As many of the windows left as fit in batch_size pieces when padded to the first of them.
std::span<const int64_t> next_windows(const TokenTable& ids, std::span<const int64_t> rest,
                                      const ScoringOptions& options) {
  const int64_t time = ids.length(rest.front()) + 1;
  const int64_t fitting = std::clamp<int64_t>(options.batch_size / time, 1, kMostLinesAtOnce);
  return rest.first(std::min(static_cast<size_t>(fitting), rest.size()));
}

// [windows, outputs] float32 on the CPU, in the order given. Fetched once, so that a GPU is never
// waited for between batches.
torch::Tensor window_logits(ClassifierImpl& network, const TokenTable& ids,
                            std::span<const int64_t> order, const ScoringOptions& options) {
  const auto device = network.parameters().front().device();
  std::vector<torch::Tensor> logits;
  while (!order.empty()) {
    const auto indices = next_windows(ids, order, options);
    const SourceBatch batch = make_source_batch(ids, indices);
    const auto output = network.forward(batch.tokens.to(device), batch.lengths.to(device));
    logits.push_back(output.logits.to(torch::kFloat));
    order = order.subspan(indices.size());
  }
  return torch::cat(logits).to(torch::kCPU);
}

// The same elements in another order, as a tensor.
template <typename T>
torch::Tensor reordered(const std::vector<T>& values, const std::vector<int64_t>& order) {
  std::vector<T> result;
  result.reserve(order.size());
  for (const int64_t i : order) result.push_back(values[static_cast<size_t>(i)]);
  return torch::tensor(result);
}

std::vector<float> row_of(const torch::Tensor& matrix, int64_t row) {
  const float* begin = matrix.data_ptr<float>() + row * matrix.size(1);
  return {begin, begin + matrix.size(1)};
}

}  // namespace

torch::Tensor line_logits(ClassifierImpl& network, const TokenTable& ids,
                          const ScoringOptions& options) {
  const torch::NoGradGuard no_grad;
  const WindowTable windows = cut_into_windows(ids, options);
  const auto order = longest_first(windows.ids);
  const auto weighted = window_logits(network, windows.ids, order, options) *
                        reordered(windows.shares, order).unsqueeze(1);
  auto logits = torch::zeros({ids.size(), weighted.size(1)});
  return logits.index_add_(0, reordered(windows.lines, order), weighted);
}

torch::Tensor label_probabilities(const torch::Tensor& logits, TargetType targets,
                                  double temperature) {
  const auto scaled = logits.to(torch::kDouble) / temperature;
  torch::Tensor values = logits;
  if (targets == TargetType::classes) values = torch::softmax(scaled, -1);
  if (targets == TargetType::multi_label) values = torch::sigmoid(scaled);
  if (targets == TargetType::ordinal) values = ordinal_probabilities(scaled);
  return values.to(torch::kFloat).contiguous();
}

std::vector<Scored> scored_lines(const torch::Tensor& logits, TargetType targets,
                                 const ScoringOptions& options) {
  const auto probabilities = label_probabilities(logits, targets, options.temperature);
  std::vector<Scored> answers(static_cast<size_t>(logits.size(0)));
  for (size_t i = 0; i < answers.size(); ++i) {
    Scored& answer = answers[i];
    answer.logits = row_of(logits, static_cast<int64_t>(i));
    answer.probabilities = row_of(probabilities, static_cast<int64_t>(i));
    answer.decided = decided_labels(answer.probabilities, targets, options.threshold);
  }
  return answers;
}

}  // namespace rondo
