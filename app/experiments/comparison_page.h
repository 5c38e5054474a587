#pragma once

#include <string>
#include <vector>

#include "app/experiments/comparison.h"
#include "app/report/chart.h"

namespace rondo {

// The metric and the loss on the development text, against updates and against seconds; the seeds
// of one variant look alike. Reads the metrics of every run.
std::vector<Chart> charts_of(const Comparison& comparison);

// One self-contained page: which is best, the table, the learning curves, what failed. It links to
// the page of each run, which lies beside it.
std::string to_html(const Comparison& comparison);

}  // namespace rondo
