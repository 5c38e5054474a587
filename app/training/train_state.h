#pragma once

#include <cstdint>
#include <filesystem>
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
  int64_t epoch_batches = 0;  // up to the end of its block; 0 before the first batch
  // Of a text that comes in blocks (EpochBlock); others are one block.
  int64_t block = 0, blocks = 1;
  int64_t block_begin = 0;  // the block's first batch
  double seconds = 0;       // of training alone
  int64_t target_tokens = 0;
  int64_t skipped = 0;
  double rate_scale = 1;  // of every rate, lowered by each rollback
  int64_t rollbacks = 0;
  int64_t average_updates = 0;
  int64_t validated_update = -1;  // the update of the last validation
  int64_t snapshots = 0;          // cosine's parts whose models are kept
  // Of the updates since the last line of the log; their losses are tensors of the checkpoint.
  int64_t window_targets = 0, window_tokens = 0;
  double window_began = 0;     // seconds
  int64_t metrics_bytes = -1;  // of metrics.jsonl, that this state counts on; -1 = not known
  StoppingRule stopping{};
  Plateau plateau{};
  std::vector<KeptModel> kept{};  // on disk, best first
  std::vector<ValidationRecord> history{};

  Position position() const;
};

// All but what a clock said, so that two runs of the same experiment write the same.
std::string to_json(const TrainState& state);
// What a clock said: seconds so far, and those of each validation.
std::string timing_json(const TrainState& state);
// From both; older checkpoints have the seconds in `text`. Throws DataError when it is no such
// state.
TrainState train_state_from_json(std::string_view text, std::string_view timing = "");

// Of a checkpoint on disk, without reading its tensors. Throws DataError.
TrainState read_train_state(const std::filesystem::path& checkpoint);

// JSON list of the validations: update, epoch, and every metric by its name.
std::string history_json(const TrainState& state);

}  // namespace rondo
