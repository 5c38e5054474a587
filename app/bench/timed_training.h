#pragma once

#include "app/bench/cell.h"
#include "app/bench/measurement.h"
#include "app/training/timed_updates.h"

namespace rondo {

// Makes a cell's updates and tells their speed, loss and share of the machine's matrix product.
Values timed_training(Task& task, const TrainingOptions& options, const Hardware& hardware,
                      const CellSettings& settings);

}  // namespace rondo
