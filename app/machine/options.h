#pragma once

// Where arithmetic is done and in what number format. Torch-free.
namespace rondo {

enum class Precision { automatic, fp32, bf16 };    // "auto" in YAML
enum class DeviceChoice { automatic, cpu, cuda };  // "auto" in YAML

}  // namespace rondo
