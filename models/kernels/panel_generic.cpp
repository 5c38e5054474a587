#include "models/kernels/panel_tiles.h"

namespace rondo {
namespace {

struct GenericPanels {};
using GenericPanelsFp32 = PanelTiles<Fp32Product<GenericPanels, 16>, 2, 4>;
using GenericPanelsBf16 = PanelTiles<WidenedProduct<GenericPanels, 16>, 2, 4>;

}  // namespace

const PanelKernel kGenericPanels{GenericPanelsFp32::kWidth, GenericPanelsFp32::run,
                                 GenericPanelsBf16::run, round_values_to_bf16<GenericPanels>};

}  // namespace rondo
