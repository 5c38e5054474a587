#pragma once

#include <filesystem>

#include "app/storage/tensor_file.h"
#include "app/training/task.h"
#include "app/training/train_state.h"
#include "app/training/updater.h"

namespace rondo {

// A model file with all that training needs to go on: "optimizer.*", "average.*" and "random.*"
// tensors, and the counters as JSON in the metadata "training".
TensorFile make_checkpoint(const Task& task, Updater& updater, const TrainState& state);

// The opposite of make_checkpoint: fills weights, moments, averages and random generators, and
// returns the counters. Throws DataError when something is missing or does not fit.
TrainState restore_checkpoint(const TensorFile& file, Updater& updater, const Hardware& hardware);

// Weights, moments and averages alone, for a training that goes on; returns the update they are of.
int64_t restore_weights(const TensorFile& file, Updater& updater);

}  // namespace rondo
