#pragma once

#include "app/bench/cell.h"
#include "app/config/experiment.h"

namespace rondo {

// The experiment that a cell's settings stand for, on its prepared text. Throws ConfigError for
// names that do not exist.
Experiment experiment_of(const CellSettings& settings);

// The file in prepared text or among models.
std::string text_file(const CellSettings& settings, const std::string& name);  // "test.src"
std::string model_file_of(const CellSettings& settings);

}  // namespace rondo
