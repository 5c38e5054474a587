#include "models/state_norm.h"

namespace rondo {

StateNormImpl::StateNormImpl(int64_t directions, int64_t hidden_size) : hidden_size_(hidden_size) {
  weight_ = register_parameter("weight", torch::ones({directions * hidden_size}));
  bias_ = register_parameter("bias", torch::zeros({directions * hidden_size}));
}

// Autocast makes float32 of it on a GPU and keeps bf16 on a CPU; statistics are float32 on both.
torch::Tensor StateNormImpl::forward(const torch::Tensor& states, int64_t direction) {
  const int64_t begin = direction * hidden_size_;
  return torch::layer_norm(states, {hidden_size_}, weight_.narrow(0, begin, hidden_size_),
                           bias_.narrow(0, begin, hidden_size_))
      .to(states.scalar_type());
}

}  // namespace rondo
