#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What the last bits of a result depend on besides the experiment. Torch-free.
namespace rondo {

struct MachineRecord {
  std::string program{};    // Rondo's version
  std::string libtorch{};   // its version
  std::string processor{};  // its model
  std::string kernels{};    // "AVX512": what LibTorch uses of it
  std::string device{};     // "cpu", "cuda:0"
  std::string precision{};  // "fp32", "bf16"
  int64_t threads = 0;
  int64_t workers = 1;

  bool operator==(const MachineRecord&) const = default;
};

// This program's version.
std::string program_version();

std::string to_json(const MachineRecord& record);
// Throws DataError.
MachineRecord machine_record_from_json(std::string_view text);

// "threads: 2, was 1: results will differ in the last bits", a line for each that differs.
std::vector<std::string> changed_machine(const MachineRecord& before, const MachineRecord& now);

}  // namespace rondo
