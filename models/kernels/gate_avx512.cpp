#include "models/kernels/gate_loops.h"

namespace rondo {
namespace {

struct Avx512GateLoops {};

}  // namespace

const GateKernel kAvx512Gates = GateLoops<Avx512GateLoops>::kernel();

}  // namespace rondo
