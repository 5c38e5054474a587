#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/training/position.h"
#include "app/training/schedule.h"
#include "app/training/validation.h"

namespace rondo {

// A model on disk, and the validation that put it there.
struct KeptModel {
  double value = 0;  // of early_stopping_metric
  int64_t update = 0;
};

// One validation, as the history in a model file and the run's metrics tell it.
struct ValidationRecord {
  Position at;
  MetricValues values{};
  bool new_best = false;
};

// All of training that is no tensor: what a checkpoint needs to go on as if never stopped.
struct TrainState {
  int64_t update = 0;         // updates made, skipped ones included
  int64_t epoch = 0;          // counted from 0
  int64_t batch = 0;          // of the epoch, the next to train on
  int64_t epoch_batches = 0;  // 0 before the first batch
  double seconds = 0;         // of training alone
  int64_t target_tokens = 0;
  int64_t skipped = 0;
  double rate_scale = 1;  // of every rate, lowered by each rollback
  int64_t rollbacks = 0;
  int64_t average_updates = 0;
  int64_t validated_update = -1;  // the update of the last validation
  StoppingRule stopping;
  Plateau plateau;
  std::vector<KeptModel> kept;  // on disk, best first
  std::vector<ValidationRecord> history;

  Position position() const;
};

std::string to_json(const TrainState& state);
// Throws DataError when the text is no such state.
TrainState train_state_from_json(std::string_view text);

// JSON list of the validations: update, epoch, seconds, and every metric by its name.
std::string history_json(const TrainState& state);

}  // namespace rondo
