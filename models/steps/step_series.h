#pragma once

#include <torch/torch.h>

#include <vector>

namespace rondo {

// A tensor of all steps [time, rows, ...], cut into its steps once.
class StepSeries {
 public:
  StepSeries() = default;
  explicit StepSeries(const torch::Tensor& all) : all_(all), steps_(all.unbind(0)) {}

  bool defined() const { return all_.defined(); }
  const torch::Tensor& all() const { return all_; }
  int64_t time() const { return static_cast<int64_t>(steps_.size()); }
  const torch::Tensor& operator[](int64_t t) const { return steps_[static_cast<size_t>(t)]; }
  const torch::Tensor& back() const { return steps_.back(); }
  // Of a contiguous float32 tensor; null where it is not defined.
  float* data(int64_t t) const { return defined() ? (*this)[t].data_ptr<float>() : nullptr; }

 private:
  torch::Tensor all_{};
  std::vector<torch::Tensor> steps_{};
};

}  // namespace rondo
