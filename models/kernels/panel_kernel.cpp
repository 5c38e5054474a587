#include "models/kernels/panel_kernel.h"

namespace rondo {

const PanelKernel& panel_kernel(InstructionSet instructions) {
  switch (instructions) {
#if defined(RONDO_X86_KERNELS)
    case InstructionSet::avx512_bf16:
      return kAvx512Bf16Panels;
    case InstructionSet::avx512:
      return kAvx512Panels;
    case InstructionSet::avx2:
      return kAvx2Panels;
#endif
    default:
      return kGenericPanels;
  }
}

}  // namespace rondo
