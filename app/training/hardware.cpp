#include "app/training/hardware.h"

#include "app/machine/processor.h"
#include "app/training/precision.h"

namespace rondo {
Hardware prepare_hardware(const TrainingOptions& options) {
  if (options.num_threads > 0) at::set_num_threads(static_cast<int>(options.num_threads));
  // Numbers too small for a normal float cost a hundred times the time of others; worker threads
  // inherit this when they start.
  at::globalContext().setFlushDenormal(true);
  const torch::Device device = pick_device(options.device);
  return {.device = device, .bf16 = uses_bf16(options.precision, device)};
}

std::string describe(const Hardware& hardware) {
  std::string text =
      this_processor().model + ", " + std::to_string(at::get_num_threads()) + " threads";
  if (!hardware.device.is_cpu()) text += ", " + hardware.device.str();
  return text + (hardware.bf16 ? ", bf16" : ", fp32");
}

}  // namespace rondo
