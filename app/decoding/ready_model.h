#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/machine/options.h"
#include "app/storage/model_file.h"

namespace rondo {

// A translation model on the device it runs on, and whether its products are in bfloat16 by
// autocast; those of a packed model are as it was packed.
struct ReadyModel {
  std::shared_ptr<TranslationModel> model;
  torch::Device device = torch::kCPU;
  bool bf16 = false;
};

// Loads a model file onto the device, in evaluation mode, its weights packed on the CPU.
// num_threads 0 leaves LibTorch its own choice. Throws DataError naming the file, ConfigError for a
// device that is not there.
ReadyModel load_ready_model(const std::filesystem::path& path, DeviceChoice device,
                            Precision precision, int64_t num_threads);

// Takes a model as it is, on the device it is on. With int8 its weights are turned to 8 bits for
// good, for everyone who shares it; that cannot be done while another thread uses it.
ReadyModel make_ready_model(std::shared_ptr<TranslationModel> model, Precision precision);

// The same for models that work together, at least one: they read one segmentation of the source
// and write one vocabulary. Throws DataError naming a model that has others, and the first piece.
std::vector<ReadyModel> load_ready_models(const std::vector<std::filesystem::path>& paths,
                                          DeviceChoice device, Precision precision,
                                          int64_t num_threads);
std::vector<ReadyModel> make_ready_models(
    const std::vector<std::shared_ptr<TranslationModel>>& models, Precision precision);

}  // namespace rondo
