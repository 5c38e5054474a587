#include <immintrin.h>

#include "models/kernels/panel_tiles.h"

namespace rondo {
namespace {

struct Avx512Bf16Panels {};

// Two multiply-adds a lane in one instruction, in float32 but for denormals, which count as zero.
struct DotProduct {
  using Floats = Vectors<64>::Floats;
  using Weights = Vectors<64>::Words;
  using Step = uint32_t;
  using Factor = Weights;
  static Factor factor(Step x) { return Weights{} + x; }
  static Floats plus(Floats sum, Weights weights, Factor x) {
    return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(weights),
                            reinterpret_cast<__m512bh>(x));
  }
};

using Avx512Bf16Fp32 = PanelTiles<Fp32Product<Avx512Bf16Panels, 64>, 4, 6>;
using Avx512Bf16Dot = PanelTiles<DotProduct, 4, 6>;

}  // namespace

const PanelKernel kAvx512Bf16Panels{Avx512Bf16Fp32::kWidth, Avx512Bf16Fp32::run, Avx512Bf16Dot::run,
                                    round_values_to_bf16<Avx512Bf16Panels>};

}  // namespace rondo
