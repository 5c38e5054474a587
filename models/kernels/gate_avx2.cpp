#include "models/kernels/gate_loops.h"

namespace rondo {
namespace {

struct Avx2GateLoops {};

}  // namespace

const GateKernel kAvx2Gates = GateLoops<Avx2GateLoops>::kernel();

}  // namespace rondo
