#include "models/kernels/instruction_set.h"

namespace rondo {

const std::vector<InstructionSet>& supported_instructions() {
  static const std::vector<InstructionSet> supported = [] {
    std::vector<InstructionSet> sets{InstructionSet::generic};
#if defined(RONDO_X86_KERNELS)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
      sets.push_back(InstructionSet::avx2);
      if (__builtin_cpu_supports("avx512f")) {
        sets.push_back(InstructionSet::avx512);
        if (__builtin_cpu_supports("avx512bf16")) sets.push_back(InstructionSet::avx512_bf16);
      }
    }
#endif
    return sets;
  }();
  return supported;
}

InstructionSet best_instructions() { return supported_instructions().back(); }

}  // namespace rondo
