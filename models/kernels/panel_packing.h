#pragma once

#include <cstddef>

#include "models/kernels/packed_matrix.h"

namespace rondo {

// Writes the rows of one panel, at most its width, as [steps, width] of 4 bytes a step, zeros
// beyond the weight.
void pack_panel(const WeightView& rows, PackedType type, const PanelKernel& kernel,
                std::byte* panel);

}  // namespace rondo
