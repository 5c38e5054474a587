#include "app/machine/advice.h"

#include <filesystem>
#include <fstream>
#include <system_error>

namespace rondo {
namespace {

constexpr uint64_t kEnoughMemory = 3'000'000'000;
constexpr uint64_t kEnoughDisk = 2'000'000'000;
constexpr double kWorthAChange = 1.2;

using Lines = std::vector<std::string>;

std::string cores_text(int64_t count) {
  return std::to_string(count) + (count == 1 ? " core" : " cores");
}

void advise_on_threads(const MachineFacts& facts, Lines& lines) {
  const int64_t cores = facts.processor.usable_cores;
  const std::string setting =
      facts.omp_num_threads.empty() ? "LibTorch" : "OMP_NUM_THREADS=" + facts.omp_num_threads;
  if (facts.threads < cores && !facts.omp_num_threads.empty()) {
    lines.push_back(setting + " leaves cores idle: " + std::to_string(facts.threads) + " of " +
                    std::to_string(cores) + " are used; unset it, or set training.num_threads");
  }
  if (facts.threads > cores) {
    lines.push_back(setting + " starts " + std::to_string(facts.threads) + " threads on " +
                    cores_text(cores) +
                    ", which slows all of them; set OMP_NUM_THREADS=" + std::to_string(cores));
  }
}

void advise_on_processor(const MachineFacts& facts, Lines& lines) {
  const Processor& processor = facts.processor;
  const bool x86 = processor.has("sse2");
  if (x86 && !processor.has("avx2")) {
    lines.push_back(processor.has("avx")
                        ? "the processor has AVX but not AVX2: products run at about half speed"
                        : "the processor has no AVX: products run several times slower");
  }
  if (!facts.fused_layers) {
    lines.push_back(
        "this LibTorch has no oneDNN, so recurrent layers are not fused; take the one "
        "in the torch wheel");
  }
}

void advise_on_precision(const MachineFacts& facts, Lines& lines) {
  if (facts.fp32_rate <= 0 || facts.bf16_rate <= 0) return;
  if (!facts.takes_bf16 && facts.bf16_rate > kWorthAChange * facts.fp32_rate) {
    lines.push_back("bf16 products are faster here than fp32: try training.precision: bf16");
  }
  if (facts.takes_bf16 && facts.fp32_rate > kWorthAChange * facts.bf16_rate) {
    lines.push_back("bf16 products are slower here than fp32: set training.precision: fp32");
  }
}

void advise_on_room(const MachineFacts& facts, Lines& lines) {
  if (facts.memory.available > 0 && facts.memory.available < kEnoughMemory) {
    lines.push_back("only " + readable_bytes(facts.memory.available) +
                    " of memory are free: a smaller training.batch_size needs less");
  }
  if (facts.free_disk < kEnoughDisk) {
    lines.push_back("only " + readable_bytes(facts.free_disk) +
                    " of disk are free here: models and checkpoints may not fit");
  }
}

}  // namespace

std::vector<std::string> advice_for(const MachineFacts& facts) {
  Lines lines;
  advise_on_threads(facts, lines);
  advise_on_processor(facts, lines);
  if (facts.gpu_in_machine && facts.usable_gpus == 0) {
    lines.push_back(
        "the machine has a GPU that this LibTorch cannot use: it needs a CUDA build "
        "that fits the driver; set RONDO_LIBTORCH to it and build again");
  }
  advise_on_precision(facts, lines);
  advise_on_room(facts, lines);
  return lines;
}

std::vector<std::string> gpus_in_machine() {
  std::vector<std::string> names;
  std::error_code ignored;
  std::filesystem::directory_iterator entry("/proc/driver/nvidia/gpus", ignored), end;
  for (; entry != end; entry.increment(ignored)) {
    std::ifstream text(entry->path() / "information");
    for (std::string line; std::getline(text, line);) {
      const std::size_t name = line.find_first_not_of(" \t", 6);
      if (line.rfind("Model:", 0) == 0 && name != std::string::npos) {
        names.push_back(line.substr(name));
      }
    }
  }
  return names;
}

}  // namespace rondo
