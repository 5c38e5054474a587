#pragma once

#include <torch/torch.h>

#include "models/encoder.h"
#include "models/options.h"
#include "models/projection.h"

namespace rondo {

struct Pooled {
  torch::Tensor vector;   // [batch, output_size]
  torch::Tensor weights;  // [batch, heads, time] float32, each sums to 1 over real tokens;
                          // undefined unless the type is attention
};

// One vector a sentence from the encoder's states; padding has no part in it, whatever it holds.
//   last: the last state of each direction. mean, max: over time. concat: [last; max; mean] (Howard
//   & Ruder 2018, section 3.3). attention: heads of u_h . tanh(W s_t + b), softmax over time (Yang
//   et al. 2016, eq. 5-7; several heads as Lin et al. 2017), their contexts side by side.
class PoolImpl : public torch::nn::Module {
 public:
  PoolImpl(Pooling type, int64_t state_size, int64_t heads);
  Pooled forward(const EncoderOutput& encoded);
  int64_t output_size() const;
  void quantize();  // attention's W to int8; the heads' vectors stay in fp32
  void pack(PackedType type);

 private:
  Pooled attend(const EncoderOutput& encoded);

  Pooling type_ = Pooling::mean;
  int64_t state_size_ = 0, heads_ = 1;
  Projection hidden_{nullptr};        // attention: [state, state]
  torch::nn::Linear score_{nullptr};  // attention: [heads, state], no bias
};
TORCH_MODULE(Pool);

}  // namespace rondo
