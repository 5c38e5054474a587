#include "app/decoding/explanation.h"

#include <torch/torch.h>

#include <algorithm>
#include <mutex>

#include "app/errors.h"
#include "models/classifier.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

// cuDNN's recurrent layers have no gradient in evaluation mode; LibTorch's own have. The switch is
// the process's, so on a GPU one explanation at a time holds it; other devices leave it alone.
class WithoutCudnn {
 public:
  explicit WithoutCudnn(const torch::Device& device) {
    static std::mutex one_at_a_time;
    if (!device.is_cuda()) return;
    lock_ = std::unique_lock(one_at_a_time);
    was_on_ = at::globalContext().userEnabledCuDNN();
    at::globalContext().setUserEnabledCuDNN(false);
  }
  ~WithoutCudnn() {
    if (lock_) at::globalContext().setUserEnabledCuDNN(was_on_);
  }
  WithoutCudnn(const WithoutCudnn&) = delete;
  WithoutCudnn& operator=(const WithoutCudnn&) = delete;

 private:
  std::unique_lock<std::mutex> lock_{};
  bool was_on_ = true;
};

torch::Device device_of(ClassifierImpl& network) { return network.parameters().front().device(); }

// One text as a column, [time, 1] int64.
torch::Tensor column_of(std::span<const int32_t> ids, torch::Device device) {
  const std::vector<int64_t> wide(ids.begin(), ids.end());
  return torch::tensor(wide, torch::kInt64).unsqueeze(1).to(device);
}

torch::Tensor same_lengths(int64_t count, int64_t length, torch::Device device) {
  return torch::full({count}, length, torch::TensorOptions(torch::kInt64).device(device));
}

// How many copies of a text of this length are read at once.
int64_t copies_at_once(int64_t time, const ExplainOptions& options) {
  return std::max<int64_t>(options.batch_size / std::max<int64_t>(time, 1), 1);
}

// logits [batch, outputs] -> [batch], what is explained of each.
torch::Tensor explained(const torch::Tensor& logits, const ExplainOptions& options) {
  return options.output == kAllOutputs ? logits.mean(-1) : logits.select(-1, options.output);
}

std::vector<double> to_doubles(const torch::Tensor& values) {
  const auto own = values.to(torch::kCPU, torch::kDouble).contiguous();
  return {own.data_ptr<double>(), own.data_ptr<double>() + own.numel()};
}

std::vector<double> attention_weights(ClassifierImpl& network, const torch::Tensor& tokens) {
  const torch::NoGradGuard no_grad;
  const auto lengths = same_lengths(1, tokens.size(0), tokens.device());
  const auto attention = network.forward(tokens, lengths).attention;  // [1, heads, time]
  if (!attention.defined()) {
    throw ConfigError(
        "no attention to explain with: this model pools its states otherwise; choose gradient, "
        "integrated or leave-one-out");
  }
  return to_doubles(attention[0].mean(0));
}

// The gradient of what is explained, summed over the text's embedding times each of `scales`:
// [time, dim].
torch::Tensor summed_gradient(ClassifierImpl& network, const torch::Tensor& embedded,
                              const std::vector<double>& scales, const ExplainOptions& options) {
  const torch::AutoGradMode with_gradient(true);
  const WithoutCudnn no_cudnn(embedded.device());
  const auto count = static_cast<int64_t>(scales.size());
  const auto factors =
      torch::tensor(scales, torch::kDouble).to(embedded.device(), embedded.scalar_type());
  const auto scaled =
      (embedded * factors.view({1, count, 1})).detach().requires_grad_(true);  // [time, count, dim]
  const auto lengths = same_lengths(count, embedded.size(0), embedded.device());
  const auto output = explained(network.classify(scaled, lengths).logits, options).sum();
  return torch::autograd::grad({output}, {scaled})[0].sum(1);
}

// Where on the way from zero to the text the gradient is taken.
std::vector<double> scales_of(const ExplainOptions& options) {
  if (options.method == ExplainMethod::gradient) return {1.0};
  const int64_t steps = std::max<int64_t>(options.steps, 1);
  std::vector<double> scales;
  for (int64_t step = 0; step < steps; ++step) {
    scales.push_back((static_cast<double>(step) + 0.5) / static_cast<double>(steps));
  }
  return scales;
}

std::vector<double> gradient_weights(ClassifierImpl& network, const torch::Tensor& tokens,
                                     const ExplainOptions& options) {
  torch::Tensor embedded;  // [time, 1, dim]
  {
    const torch::NoGradGuard no_grad;
    embedded = network.embed(tokens);
  }
  const auto scales = scales_of(options);
  const auto most = static_cast<size_t>(copies_at_once(tokens.size(0), options));
  auto gradient = torch::zeros({embedded.size(0), embedded.size(2)}, embedded.options());
  for (size_t begin = 0; begin < scales.size(); begin += most) {
    const size_t end = std::min(begin + most, scales.size());
    gradient += summed_gradient(network, embedded, {&scales[begin], &scales[begin] + (end - begin)},
                                options);
  }
  const auto average = gradient / static_cast<double>(scales.size());
  return to_doubles((embedded.squeeze(1) * average).sum(-1));
}

// Copies of a text; on the CPU.
struct Ablation {
  torch::Tensor tokens;   // [time, copies] int64
  torch::Tensor lengths;  // [copies] int64
};

// One copy for each of the words [begin, end), without that word; word -1 leaves out nothing.
Ablation without_words(std::span<const int32_t> ids, std::span<const int64_t> words, int64_t begin,
                       int64_t end) {
  const int64_t columns = end - begin;
  Ablation result;
  result.tokens = torch::full({static_cast<int64_t>(ids.size()), columns}, kPadId, torch::kInt64);
  result.lengths = torch::zeros({columns}, torch::kInt64);
  auto tokens = result.tokens.accessor<int64_t, 2>();
  auto lengths = result.lengths.accessor<int64_t, 1>();
  for (int64_t column = 0; column < columns; ++column) {
    const int64_t left_out = begin + column;
    for (size_t i = 0; i < ids.size(); ++i) {
      if (left_out >= 0 && words[i] == left_out) continue;
      tokens[lengths[column]++][column] = ids[i];
    }
  }
  return result;
}

std::vector<double> removal_weights(ClassifierImpl& network, std::span<const int32_t> ids,
                                    std::span<const int64_t> words, const ExplainOptions& options) {
  const torch::NoGradGuard no_grad;
  const auto device = device_of(network);
  const int64_t count = words.empty() ? 0 : *std::max_element(words.begin(), words.end()) + 1;
  const int64_t most = copies_at_once(static_cast<int64_t>(ids.size()), options);
  std::vector<double> outputs;  // of the whole text, then without each word
  for (int64_t begin = -1; begin < count; begin += most) {
    const auto batch = without_words(ids, words, begin, std::min(begin + most, count));
    const auto logits = network.forward(batch.tokens.to(device), batch.lengths.to(device)).logits;
    const auto values = to_doubles(explained(logits, options));
    outputs.insert(outputs.end(), values.begin(), values.end());
  }
  std::vector<double> weights(ids.size(), 0.0);
  for (int64_t word = 0; word < count; ++word) {
    const auto first = std::find(words.begin(), words.end(), word) - words.begin();
    weights[static_cast<size_t>(first)] = outputs[0] - outputs[static_cast<size_t>(word) + 1];
  }
  return weights;
}

}  // namespace

std::vector<double> piece_weights(ClassifierImpl& network, std::span<const int32_t> ids,
                                  std::span<const int64_t> words, const ExplainOptions& options) {
  if (options.method == ExplainMethod::leave_one_out) {
    return removal_weights(network, ids, words, options);
  }
  const auto tokens = column_of(ids, device_of(network));
  return options.method == ExplainMethod::attention ? attention_weights(network, tokens)
                                                    : gradient_weights(network, tokens, options);
}

}  // namespace rondo
