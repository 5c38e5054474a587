#include "models/kernels/gate_kernel.h"

namespace rondo {

GateFunction GateKernel::of(RnnType type, Nonlinearity nonlinearity) const {
  if (type == RnnType::lstm) return lstm;
  if (type == RnnType::gru) return gru;
  return nonlinearity == Nonlinearity::relu ? relu : tanh;
}

GateGradientFunction GateKernel::gradient_of(RnnType type, Nonlinearity nonlinearity) const {
  if (type == RnnType::lstm) return lstm_gradient;
  if (type == RnnType::gru) return gru_gradient;
  return nonlinearity == Nonlinearity::relu ? relu_gradient : tanh_gradient;
}

const GateKernel& gate_kernel(InstructionSet instructions) {
  switch (instructions) {
#if defined(RONDO_X86_KERNELS)
    case InstructionSet::avx512_bf16:
    case InstructionSet::avx512:
      return kAvx512Gates;
    case InstructionSet::avx2:
      return kAvx2Gates;
#endif
    default:
      return kGenericGates;
  }
}

}  // namespace rondo
