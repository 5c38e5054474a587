#pragma once

#include <string>
#include <vector>

#include "app/report/chart.h"
#include "app/report/run_history.h"
#include "app/training/options.h"

namespace rondo {

// A training's validations, and how they are drawn.
struct LearningCurve {
  std::string label{};  // empty = not named in the chart
  int style = 0;        // curves of one style look alike
  bool faint = false;
  RunHistory history{};
};

// The metric against updates and against seconds, then the loss, unless it is the metric.
std::vector<Chart> curve_charts(const std::vector<LearningCurve>& curves, Metric metric);

}  // namespace rondo
