#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>

namespace rondo {

// Named tensors and text metadata in one file of the safetensors layout (8-byte little-endian
// header size, JSON header, raw little-endian data). Nothing in it is executed when read.
struct TensorFile {
  std::map<std::string, torch::Tensor> tensors{};
  std::map<std::string, std::string> metadata{};
};

// Written beside, fsynced, renamed: the old file or the new one is there at any moment.
// Throws DataError naming the path (no space, no permission).
void write_tensor_file(const std::filesystem::path& path, const TensorFile& file);

// Throws DataError naming the path when it is missing, cut short or not of this layout.
TensorFile read_tensor_file(const std::filesystem::path& path);

// "[512, 256]", for messages about tensors.
std::string shape_text(const torch::Tensor& tensor);

}  // namespace rondo
