#include "app/decoding/ready_model.h"

#include "app/machine/precision.h"

namespace rondo {

ReadyModel load_ready_model(const std::filesystem::path& path, DeviceChoice device,
                            Precision precision, int64_t num_threads) {
  if (num_threads > 0) torch::set_num_threads(static_cast<int>(num_threads));
  auto model = std::make_shared<TranslationModel>(load_translation_model(path));
  model->network->to(pick_device(device, precision));
  model->network->eval();
  return make_ready_model(std::move(model), precision);
}

ReadyModel make_ready_model(std::shared_ptr<TranslationModel> model, Precision precision) {
  ReadyModel ready{.model = std::move(model)};
  ready.device = ready.model->network->parameters().front().device();
  ready.bf16 = uses_bf16(precision, ready.device);
  if (uses_int8(precision, ready.device)) ready.model->network->quantize();
  return ready;
}

}  // namespace rondo
