#pragma once

#include <string>

#include "app/experiments/sweep_results.h"
#include "app/report/parallel_coordinates.h"

namespace rondo {

// An axis a key, and the metric at last; a line a trial.
ParallelCoordinates coordinates_of(const Sweep& sweep);

// One self-contained page: the best, all trials across their values, learning curves, the table.
// Reads the metrics of every trial.
std::string to_html(const Sweep& sweep);

}  // namespace rondo
