#pragma once

#include <torch/torch.h>

#include "app/report/gradient_health.h"
#include "app/training/health_verdict.h"
#include "models/recurrence_trace.h"

namespace rondo {

// What one traced pass of a layer and the gradient of the loss with respect to its states [time,
// batch, state] say of it; verdict, reason and advice are left to judge().
LayerHealth measure_layer(const TracedLayer& traced, const torch::Tensor& gradient);

// What the network has besides the layer is left at its default.
LayerSetting setting_of(const TracedLayer& traced);

}  // namespace rondo
