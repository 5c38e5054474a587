#include <torch/csrc/jit/serialization/export.h>

#include "app/export/export_model.h"
#include "app/storage/atomic_file.h"

namespace rondo {

// Made in memory first: LibTorch's writer would not let an exception through.
void save_script(const torch::jit::Module& module, const torch::jit::ExtraFilesMap& files,
                 const std::filesystem::path& path) {
  std::string bytes;
  const auto append = [&](const void* data, size_t size) {
    bytes.append(static_cast<const char*>(data), size);
    return size;
  };
  torch::jit::ExportModule(module, append, files);
  write_file_atomically(path, bytes);
}

}  // namespace rondo
