#pragma once

#include <string>
#include <vector>

#include "app/config/entries.h"
#include "app/config/experiment.h"

namespace rondo {

// Throws ConfigError for a key that is missing or for values that contradict each other, naming the
// key to change and, where it was given, its place.
void check_required(const Key& root, const Experiment& experiment, const Entries& entries,
                    const std::string& file);

// What a validation of this experiment measures.
std::vector<Metric> measured_metrics(const Experiment& experiment);
void check_consistent(const Experiment& experiment, const Entries& entries,
                      const std::string& file);

}  // namespace rondo
