#pragma once

#include <filesystem>
#include <vector>

#include "app/storage/tensor_file.h"

namespace rondo {

// The mean of several models' weights, of any task: a file like the first, with its configuration,
// tokenizers and history, whose floating-point weights are the mean of all, taken in float64. A
// checkpoint counts as the model in it; with moving_averages as the moving average of its weights
// (training.ema_decay). At least one file.
//
// Throws DataError naming the file, and the first weight, option or tokenizer in which it differs
// from the first file; options that only training reads, such as dropout, may differ.
TensorFile average_models(const std::vector<std::filesystem::path>& files,
                          bool moving_averages = false);

}  // namespace rondo
