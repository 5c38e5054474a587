#include "models/kernels/panel_tiles.h"

namespace rondo {
namespace {

struct Avx2Panels {};
using Avx2PanelsFp32 = PanelTiles<Fp32Product<Avx2Panels, 32>, 2, 6>;
using Avx2PanelsBf16 = PanelTiles<WidenedProduct<Avx2Panels, 32>, 2, 6>;

}  // namespace

const PanelKernel kAvx2Panels{Avx2PanelsFp32::kWidth, Avx2PanelsFp32::run, Avx2PanelsBf16::run,
                              round_values_to_bf16<Avx2Panels>};

}  // namespace rondo
