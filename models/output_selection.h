#pragma once

#include <torch/torch.h>

#include "models/int8_matrix.h"

namespace rondo {

// Some rows of an output layer, gathered once and used for many steps of a search, in the type that
// products are made in. Evaluation only.
class OutputSelection {
 public:
  OutputSelection() = default;  // holds nothing: defined() is false
  // weight [vocab, features], bias [vocab], ids [selected] int64, on one device.
  OutputSelection(const torch::Tensor& weight, const torch::Tensor& bias, const torch::Tensor& ids,
                  bool int8);

  bool defined() const { return ids_.defined(); }
  const torch::Tensor& ids() const { return ids_; }

  // features [..., features] -> [..., selected] in float32.
  torch::Tensor logits(const torch::Tensor& features) const;

 private:
  torch::Tensor ids_;            // [selected]
  torch::Tensor weight_, bias_;  // [selected, features], [selected]; undefined with int8
  Int8Linear int8_{};
};

}  // namespace rondo
