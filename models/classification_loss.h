#pragma once

#include <torch/torch.h>

#include "models/loss.h"
#include "models/options.h"

namespace rondo {

// Losses of classifiers, each a sum over the batch and a count (LossSum.tokens = examples). nll is
// the plain loss: no smoothing, focus or weights. weights [batch] float32, one an example;
// undefined = all 1. They scale the sum, not the count.

// classes: cross-entropy, sum over classes c of -class_weights_c q_c log p_c, where q is the target
// smoothed (Szegedy et al. 2016) and class_weights [classes] undefined = all 1, as in PyTorch;
// times (1 - p_target)^focal_gamma (Lin et al. 2017; 0 = off).
// logits [batch, classes]; targets [batch] int64.
LossSum class_loss(const torch::Tensor& logits, const torch::Tensor& targets,
                   const torch::Tensor& weights, const ClassLossOptions& options,
                   const torch::Tensor& class_weights = {});

// multi_label: binary cross-entropy, summed over labels; smoothing moves 0 and 1 towards a half,
// the focus is each label's own. targets [batch, labels] float32 of 0 and 1.
LossSum multi_label_loss(const torch::Tensor& logits, const torch::Tensor& targets,
                         const torch::Tensor& weights, const ClassLossOptions& options);

// ordinal: logits [batch, classes - 1], each whether the class is above k; binary cross-entropy of
// each (Cheng et al. 2008), summed. targets [batch] int64 in [0, classes).
LossSum ordinal_loss(const torch::Tensor& logits, const torch::Tensor& targets,
                     const torch::Tensor& weights);
// [batch, classes - 1] logits -> [batch, classes] probabilities that are >= 0 and sum to 1: the
// sigmoids are made falling by a running minimum, and neighbours subtracted.
torch::Tensor ordinal_probabilities(const torch::Tensor& logits);

// value: squared error. logits [batch, 1]; targets [batch] float32.
LossSum value_loss(const torch::Tensor& logits, const torch::Tensor& targets,
                   const torch::Tensor& weights);

}  // namespace rondo
