#pragma once

#include <chrono>

namespace rondo {

// Seconds of training: runs while the weights are being updated, stands while they are validated or
// saved.
class TrainingClock {
 public:
  explicit TrainingClock(double seconds_so_far = 0) : before_(seconds_so_far) {}

  void start() {
    started_ = Clock::now();
    running_ = true;
  }
  void stop() {
    before_ = seconds();
    running_ = false;
  }
  bool running() const { return running_; }
  double seconds() const {
    if (!running_) return before_;
    return before_ + std::chrono::duration<double>(Clock::now() - started_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  double before_ = 0;
  Clock::time_point started_{};
  bool running_ = false;
};

// The clock stands while it lives.
class ClockPause {
 public:
  explicit ClockPause(TrainingClock& clock) : clock_(clock), was_running_(clock.running()) {
    clock_.stop();
  }
  ~ClockPause() {
    if (was_running_) clock_.start();
  }
  ClockPause(const ClockPause&) = delete;
  ClockPause& operator=(const ClockPause&) = delete;

 private:
  TrainingClock& clock_;
  bool was_running_ = false;
};

}  // namespace rondo
