#pragma once

#include "app/bench/cell.h"
#include "app/storage/model_file.h"

namespace rondo {

// A network with fresh weights as the cell has it, between the tokenizer of its prepared text.
TranslationModel new_cell_model(const CellSettings& settings);

}  // namespace rondo
