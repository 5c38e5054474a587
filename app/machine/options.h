#pragma once

// Where arithmetic is done and in what number format. Torch-free.
namespace rondo {

// automatic is "auto" in YAML. int8: weights in 8 bits, for using a model on the CPU, not for
// training.
enum class Precision { automatic, fp32, bf16, int8 };
enum class DeviceChoice { automatic, cpu, cuda };  // "auto" in YAML

}  // namespace rondo
