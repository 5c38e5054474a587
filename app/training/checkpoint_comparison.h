#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/storage/tensor_file.h"

namespace rondo {

// One kind of thing that two checkpoints hold.
struct ComparedPart {
  std::string name{};        // "weights", "random states"
  int64_t tensors = 0;       // of the first
  int64_t numbers = 0;       // in them
  std::string difference{};  // the first tensor that differs and by how much; empty = equal
};

// Bit for bit, all tensors and all metadata but "timing", which is what a clock said.
std::vector<ComparedPart> compare_checkpoints(const TensorFile& first, const TensorFile& second);

}  // namespace rondo
