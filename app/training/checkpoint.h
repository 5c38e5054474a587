#pragma once

#include <filesystem>

#include "app/storage/tensor_file.h"
#include "app/training/task.h"
#include "app/training/train_state.h"
#include "app/training/updater.h"

namespace rondo {

// A model file with all that training needs to go on: "optimizer.*", "average.*", "random.*" and
// "skipped.*" tensors; in the metadata, as JSON, the counters ("training"), what a clock said
// ("timing") and the machine ("machine"). But for "timing", two runs of the same experiment on the
// same machine make the same, byte for byte.
TensorFile make_checkpoint(const Task& task, Updater& updater, const TrainState& state,
                           const Hardware& hardware);

// The counters alone. Throws DataError where there are none.
TrainState train_state_in(const TensorFile& file);

// The opposite of make_checkpoint: fills weights, moments, averages and random generators, and
// returns the counters. Throws DataError when something is missing or does not fit.
TrainState restore_checkpoint(const TensorFile& file, Updater& updater, const Hardware& hardware);

// What differs between the machine that wrote the checkpoint and this one, a line each.
std::vector<std::string> changed_machine(const TensorFile& file, const Hardware& hardware);

// Weights, moments and averages alone, for a training that goes on; returns the counters they
// belong to.
TrainState restore_weights(const TensorFile& file, Updater& updater);

}  // namespace rondo
