#pragma once

#include <torch/torch.h>

#include <vector>

#include "app/report/histogram.h"
#include "app/training/parameters.h"

namespace rondo {

// The numbers of a tensor by size, those that are not finite left out. Bounds grow by 30% from 1e-9
// on, to both sides of zero, since gradients spread over many powers of ten; runs of empty buckets
// are one.
Histogram histogram_of(const torch::Tensor& numbers);

// One a parameter, under its name; gradients in the same order.
std::vector<NamedHistogram> histograms_of(const std::vector<NamedParameter>& parameters,
                                          const std::vector<torch::Tensor>& gradients);

}  // namespace rondo
