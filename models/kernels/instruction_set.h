#pragma once

#include <vector>

// Which vector instructions a kernel is written for. A kernel is compiled once for each, and the
// program takes the best that its processor has; tests ask for each by name.
namespace rondo {

enum class InstructionSet { generic, avx2, avx512, avx512_bf16 };

// Those that this processor has, worst first; generic is always one. avx2 means FMA as well.
const std::vector<InstructionSet>& supported_instructions();

InstructionSet best_instructions();

}  // namespace rondo
