#include "app/engine/doctor.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <system_error>

#include "app/machine/advice.h"
#include "app/training/libtorch_facts.h"

namespace rondo {
namespace {

constexpr double kSecondsAProduct = 1.0;

void say(const std::string& name, const std::string& value) {
  std::cout << std::left << std::setw(15) << name << value << std::endl;
}

MachineFacts gather_facts(const LibTorchFacts& libtorch) {
  const char* threads = std::getenv("OMP_NUM_THREADS");
  std::error_code error;
  const auto disk = std::filesystem::space(".", error);
  return {.processor = this_processor(),
          .memory = this_memory(),
          .free_disk = error ? 0 : disk.available,
          .omp_num_threads = threads == nullptr ? "" : threads,
          .threads = libtorch.threads,
          .fused_layers = libtorch.has_onednn,
          .gpu_in_machine = !gpus_in_machine().empty(),
          .usable_gpus = libtorch.gpus,
          .takes_bf16 = libtorch.takes_bf16};
}

// Those that matrix products profit from.
std::string matrix_flags(const Processor& processor) {
  std::string text;
  for (const char* flag : {"avx", "avx2", "fma", "avx512f", "avx512_bf16", "avx512_fp16",
                           "amx_bf16", "asimd", "bf16", "sve"}) {
    if (processor.has(flag)) text += (text.empty() ? "" : " ") + std::string(flag);
  }
  return text.empty() ? "none known" : text;
}

std::string gpu_text(int64_t usable) {
  std::string names;
  for (const std::string& name : gpus_in_machine()) names += name + ", ";
  return names.empty() && usable == 0 ? "none"
                                      : names + std::to_string(usable) + " usable by LibTorch";
}

void show_machine(const MachineFacts& facts) {
  say("Rondo", RONDO_VERSION);
  say("processor", facts.processor.model);
  say("cores", std::to_string(facts.processor.usable_cores) + " usable");
  say("instructions", matrix_flags(facts.processor));
  say("memory", readable_bytes(facts.memory.total) + ", " + readable_bytes(facts.memory.available) +
                    " available");
  say("disk",
      readable_bytes(facts.free_disk) + " free in " + std::filesystem::current_path().string());
  say("GPU", gpu_text(facts.usable_gpus));
}

void show_libraries(const LibTorchFacts& libtorch, const MachineFacts& facts) {
  say("LibTorch", libtorch.version + " in " + libtorch.folder);
  say("", std::string("oneDNN ") + (libtorch.has_onednn ? "yes" : "no") + ", MKL " +
              (libtorch.has_mkl ? "yes" : "no") + ", kernels for " + libtorch.kernels);
  say("SentencePiece", RONDO_SENTENCEPIECE_VERSION);
  say("threads", std::to_string(facts.threads) + ", OMP_NUM_THREADS " +
                     (facts.omp_num_threads.empty() ? "not set" : "is " + facts.omp_num_threads));
  say("precision", std::string("auto takes ") + (facts.takes_bf16 ? "bf16" : "fp32"));
}

double measure(bool bf16, const std::string& device) {
  const double rate = measured_rate(bf16, kSecondsAProduct);
  say(bf16 ? "bf16 speed" : "fp32 speed",
      std::to_string(std::llround(rate / 1e9)) + " GFLOP/s in matrix products on " + device);
  return rate;
}

}  // namespace

void run_doctor() {
  const LibTorchFacts libtorch = libtorch_facts();
  MachineFacts facts = gather_facts(libtorch);
  show_machine(facts);
  show_libraries(libtorch, facts);
  facts.fp32_rate = measure(false, libtorch.device);
  facts.bf16_rate = measure(true, libtorch.device);
  const auto advice = advice_for(facts);
  if (advice.empty()) say("advice", "none: all is well");
  for (const std::string& line : advice) say("advice", line);
}

}  // namespace rondo
