#pragma once

#include <string>

#include "app/report/dataset_statistics.h"
#include "app/report/gradient_health.h"
#include "app/report/run_history.h"

// The parts of a run's page, as markup; empty where a run has nothing to show.
namespace rondo {

// Gradients along time by layer, verdicts with their reasons, and how far back learning reached as
// the run went on.
std::string health_section(const std::vector<GradientHealth>& health);

// What the last validation made of its samples: differences marked, attention, earlier outputs.
std::string sample_section(const std::vector<ValidPoint>& validations);

// What the run learns from: lengths, unknown pieces, dropped lines, labels.
std::string data_section(const DatasetStatistics& statistics);

}  // namespace rondo
