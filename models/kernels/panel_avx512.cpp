#include "models/kernels/panel_tiles.h"

namespace rondo {
namespace {

struct Avx512Panels {};
using Avx512PanelsFp32 = PanelTiles<Fp32Product<Avx512Panels, 64>, 4, 6>;
using Avx512PanelsBf16 = PanelTiles<WidenedProduct<Avx512Panels, 64>, 4, 6>;

}  // namespace

const PanelKernel kAvx512Panels{Avx512PanelsFp32::kWidth, Avx512PanelsFp32::run,
                                Avx512PanelsBf16::run, round_values_to_bf16<Avx512Panels>};

}  // namespace rondo
