#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/config/names.h"
#include "models/torchscript/precision.h"

namespace rondo {

// Those to ask for; fp32 is what comes unasked.
template <>
inline constexpr auto kNames<ScriptPrecision> = std::to_array<EnumName<ScriptPrecision>>({
    {ScriptPrecision::bf16, "bf16"},
    {ScriptPrecision::int8, "int8"},
});

struct ExportArguments {
  std::string model, output, check;
  ScriptPrecision precision = ScriptPrecision::fp32;
  std::optional<int64_t> beam_size{};
  int64_t num_threads = 0;
};

// A model as one TorchScript file.
void run_export(const ExportArguments& arguments);

}  // namespace rondo
