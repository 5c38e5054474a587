#pragma once

#include <mutex>

#include "app/decoding/line_report.h"

namespace rondo {

// The reports of many calls, from many threads, as one.
class LineTotals {
 public:
  void add(const LineReport& report) {
    const std::lock_guard lock(mutex_);
    sum_ += report;
  }

  LineReport sum() const {
    const std::lock_guard lock(mutex_);
    return sum_;
  }

 private:
  mutable std::mutex mutex_{};
  LineReport sum_{};
};

}  // namespace rondo
