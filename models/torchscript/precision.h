#pragma once

namespace rondo {

// How an exported module keeps its weights and multiplies by them.
enum class ScriptPrecision { fp32, bf16, int8 };

}  // namespace rondo
