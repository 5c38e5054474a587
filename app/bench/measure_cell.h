#pragma once

#include "app/bench/cell.h"
#include "app/bench/measurement.h"

namespace rondo {

// Measures what Rondo makes of a cell, in this process. Throws ConfigError for a kind that is
// unknown, DataError for text or models that are not there.
Values measure_cell(const CellSettings& settings);

// The kinds, each with its values.
Values measure_training(const CellSettings& settings);     // and learning: leaves the model
Values measure_synthetic(const CellSettings& settings);    // training on made-up tokens
Values measure_race(const CellSettings& settings);         // seconds until a BLEU
Values measure_translating(const CellSettings& settings);  // and starting
Values measure_classifying(const CellSettings& settings);
Values measure_tokenizing(const CellSettings& settings);
Values measure_reading(const CellSettings& settings);  // text to batches

}  // namespace rondo
