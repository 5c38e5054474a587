#include "app/training/hardware.h"

#include <sys/resource.h>

#include <fstream>
#include <thread>

#include "app/training/precision.h"

namespace rondo {
namespace {

std::string processor_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "processor";
}

}  // namespace

Hardware prepare_hardware(const TrainingOptions& options) {
  if (options.num_threads > 0) at::set_num_threads(static_cast<int>(options.num_threads));
  // Numbers too small for a normal float cost a hundred times the time of others; worker threads
  // inherit this when they start.
  at::globalContext().setFlushDenormal(true);
  const torch::Device device = pick_device(options.device);
  return {.device = device, .bf16 = uses_bf16(options.precision, device)};
}

std::string describe(const Hardware& hardware) {
  std::string text = processor_name() + ", " + std::to_string(at::get_num_threads()) + " threads";
  if (!hardware.device.is_cpu()) text += ", " + hardware.device.str();
  return text + (hardware.bf16 ? ", bf16" : ", fp32");
}

int64_t peak_resident_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<int64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace rondo
