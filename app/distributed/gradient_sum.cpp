#include "app/distributed/gradient_sum.h"

#include <torch/csrc/autograd/utils/lambda_post_hook.h>
#include <torch/csrc/autograd/variable.h>

namespace rondo {

struct GradientSum::Bucket {
  std::vector<size_t> parameters{};
  torch::Tensor flat{};        // [numbers of all its parameters], what is sent
  torch::Tensor compressed{};  // the same in bf16, where that is sent
  size_t missing = 0;          // gradients that backward has still to make
  Workers::Sum sum{};
};

// Autograd's node that adds to a parameter's gradient.
struct GradientSum::Hook {
  decltype(torch::autograd::impl::grad_accumulator(std::declval<const torch::Tensor&>())) node;
  uintptr_t key = 0;
};

GradientSum::GradientSum(const std::vector<torch::Tensor>& parameters, const Workers& workers,
                         const GradientSumOptions& options)
    : parameters_(parameters), workers_(workers), options_(options) {
  if (workers_.alone()) return;
  int64_t bytes = options_.bucket_bytes;
  // Backward comes to the last layers first.
  for (size_t i = parameters_.size(); i-- > 0;) {
    const auto size = static_cast<int64_t>(parameters_[i].nbytes());
    if (bytes + size > options_.bucket_bytes) {
      buckets_.push_back(std::make_unique<Bucket>());
      bytes = 0;
    }
    buckets_.back()->parameters.push_back(i);
    bytes += size;
    auto node = torch::autograd::impl::grad_accumulator(parameters_[i]);
    const size_t bucket = buckets_.size() - 1;
    const auto hook = node->add_post_hook(std::make_unique<torch::autograd::utils::LambdaPostHook>(
        [this, bucket](const torch::autograd::variable_list& outputs,
                       const torch::autograd::variable_list&) {
          ready(bucket);
          return outputs;
        }));
    hooks_.push_back({std::move(node), hook});
  }
}

GradientSum::~GradientSum() {
  for (const Hook& hook : hooks_) hook.node->del_post_hook(hook.key);
}

void GradientSum::begin() {
  for (auto& bucket : buckets_) bucket->missing = bucket->parameters.size();
  sent_ = 0;
  last_backward_ = true;
}

// A full bucket waits for those before it, so that all workers send in one order.
void GradientSum::ready(size_t bucket) {
  if (!last_backward_) return;
  --buckets_[bucket]->missing;
  while (sent_ < buckets_.size() && buckets_[sent_]->missing == 0) send(*buckets_[sent_++]);
}

void GradientSum::send(Bucket& bucket) {
  const torch::NoGradGuard no_grad;
  std::vector<torch::Tensor> parts;
  for (const size_t i : bucket.parameters) {
    const torch::Tensor& gradient = parameters_[i].grad();
    parts.push_back(gradient.defined() ? gradient.flatten()
                                       : torch::zeros_like(parameters_[i]).flatten());
  }
  bucket.flat = torch::cat(parts);
  if (options_.bf16) bucket.compressed = bucket.flat.to(at::kBFloat16);
  bucket.sum = workers_.start_sum(options_.bf16 ? bucket.compressed : bucket.flat);
}

// Gradients become parts of the bucket: nothing is copied back.
void GradientSum::receive(Bucket& bucket) {
  const torch::NoGradGuard no_grad;
  bucket.sum.wait();
  if (options_.bf16) bucket.flat.copy_(bucket.compressed);
  int64_t begin = 0;
  for (const size_t i : bucket.parameters) {
    const int64_t count = parameters_[i].numel();
    parameters_[i].mutable_grad() =
        bucket.flat.narrow(0, begin, count).view(parameters_[i].sizes());
    begin += count;
  }
}

void GradientSum::finish(const std::vector<torch::Tensor*>& numbers) {
  if (workers_.alone()) return;
  const torch::NoGradGuard no_grad;
  last_backward_ = false;
  while (sent_ < buckets_.size()) send(*buckets_[sent_++]);
  std::vector<torch::Tensor> values;
  for (torch::Tensor* number : numbers) values.push_back(number->detach().to(at::kFloat));
  torch::Tensor sums = torch::stack(values);
  auto sum = workers_.start_sum(sums);
  for (auto& bucket : buckets_) receive(*bucket);
  sum.wait();
  for (size_t i = 0; i < numbers.size(); ++i) *numbers[i] = sums[static_cast<int64_t>(i)].clone();
}

}  // namespace rondo
