#pragma once

#include <torch/torch.h>

#include <vector>

#include "models/options.h"
#include "models/recurrent.h"

namespace rondo {

// Reads vectors from the first to the last and speaks through one linear layer over its top states:
// what a recurrence alone can remember, with neither embedding nor attention.
class SequenceReaderImpl : public torch::nn::Module {
 public:
  // Throws std::invalid_argument, naming the option, where the sizes make no model.
  explicit SequenceReaderImpl(const SequenceReaderOptions& options);

  // inputs [time, batch, inputs]; what is said at the last `steps` steps: [steps, batch, outputs]
  // float32.
  torch::Tensor forward(const torch::Tensor& inputs, int64_t steps);

  const SequenceReaderOptions options;

 private:
  std::vector<RecurrentLayer> layers_{};
  torch::nn::Linear output_{nullptr};
};
TORCH_MODULE(SequenceReader);

}  // namespace rondo
