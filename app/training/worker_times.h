#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "app/distributed/workers.h"

namespace rondo {

// How long each worker computes and waits in an update: who is slow, and what being many costs.
class WorkerTimes {
 public:
  explicit WorkerTimes(const Workers& workers) : workers_(workers) {}

  void begin_update();
  void end_update();

  // Every worker asks at the same update. Which worker has been slow since it was last asked: once
  // until another is, or none.
  std::vector<std::string> news();
  // "2 workers: 3.1% of the time was spent waiting for one another"; empty where there is one.
  std::string summary() const;

  // Slow is who takes more than this many times the median of all.
  static constexpr double kSlow = 1.3;

 private:
  Workers workers_;
  std::chrono::steady_clock::time_point began_{};
  double waited_before_ = 0;
  double busy_ = 0;  // seconds, since the last news
  int64_t updates_ = 0;
  double all_busy_ = 0, all_waited_ = 0;
  int64_t slow_rank_ = -1;  // that has been told of
};

}  // namespace rondo
