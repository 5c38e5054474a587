#include "models/kernels/gate_loops.h"

namespace rondo {
namespace {

struct GenericGateLoops {};

}  // namespace

const GateKernel kGenericGates = GateLoops<GenericGateLoops>::kernel();

}  // namespace rondo
