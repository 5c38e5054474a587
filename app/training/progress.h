#pragma once

#include <cstdint>
#include <string>

namespace rondo {

// What training shows of itself every logging_freq updates.
struct ProgressReport {
  int64_t epoch = 1;       // counted from 1
  double epoch_share = 0;  // of the present epoch, in [0, 1]
  int64_t update = 0;
  double loss = 0;               // nats a token, as trained on (smoothed)
  double ppl = 0;                // without smoothing; not a number = not shown
  double tokens_per_second = 0;  // see TaskTraits::tokens; validation and saving not counted
  double gradient_norm = 0;      // before clipping
  double learning_rate = 0;
  double seconds_left = 0;  // of training; not finite when unknown
  int64_t skipped_updates = 0;
};

// "epoch 2  update 900  loss 3.214  ppl 18.2  2310 tok/s  |g| 0.84  lr 0.00184  left 3m20s"
std::string progress_line(const ProgressReport& report);

// The same behind a bar over the epoch, cut to `columns`.
std::string progress_bar(const ProgressReport& report, int columns);

// "45s", "3m20s", "2h05m"; "?" where not finite.
std::string short_duration(double seconds);

}  // namespace rondo
