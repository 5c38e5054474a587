#include "app/training/hardware.h"

#include <torch/version.h>

#include <algorithm>
#include <cstdlib>

#include "app/machine/precision.h"
#include "app/machine/processor.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace rondo {
namespace {

// Each update asks for the same large tensors as the one before. By default such memory goes back
// to the system each time and is zeroed page by page when it returns, 2% of an update.
void keep_freed_memory() {
#if defined(__GLIBC__)
  ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
  ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

// oneDNN keeps what it made for each shape of tensor, some 2 MB each, and batches come in hundreds
// of shapes: its own limit of 1,024 grew to 2.8 GB. Making one anew takes half a millisecond, 1.5%
// of an update at most. Read when the first one is made.
void bound_primitive_cache() { ::setenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "256", 0); }

}  // namespace

Hardware prepare_hardware(const TrainingOptions& options, const Workers& workers) {
  keep_freed_memory();
  bound_primitive_cache();
  const int64_t usable = std::min<int64_t>(at::get_num_threads(), this_processor().usable_cores);
  at::set_num_threads(static_cast<int>(options.num_threads > 0 ? options.num_threads : usable));
  // Numbers too small for a normal float cost a hundred times the time of others; worker threads
  // inherit this when they start.
  at::globalContext().setFlushDenormal(true);
  torch::Device device = pick_device(options.device);
  if (device.is_cuda() && !workers.alone()) {
    device.set_index(static_cast<c10::DeviceIndex>(workers.place().local_rank));
  }
  return {.device = device, .bf16 = uses_bf16(options.precision, device), .workers = workers};
}

std::string describe(const Hardware& hardware) {
  std::string text =
      this_processor().model + ", " + std::to_string(at::get_num_threads()) + " threads";
  if (!hardware.device.is_cpu()) text += ", " + hardware.device.str();
  text += hardware.bf16 ? ", bf16" : ", fp32";
  const Workers& workers = hardware.workers;
  if (workers.alone()) return text;
  return text + ", " + std::to_string(workers.size()) + " workers by " + workers.place().launcher;
}

MachineRecord machine_record(const Hardware& hardware) {
  return {.program = program_version(),
          .libtorch = TORCH_VERSION,
          .processor = this_processor().model,
          .kernels = at::get_cpu_capability(),
          .device = hardware.device.str(),
          .precision = hardware.bf16 ? "bf16" : "fp32",
          .threads = at::get_num_threads(),
          .workers = hardware.workers.size()};
}

}  // namespace rondo
