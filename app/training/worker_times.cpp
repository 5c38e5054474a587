#include "app/training/worker_times.h"

#include <algorithm>
#include <cstdio>

namespace rondo {
namespace {

double median_of(std::vector<double> numbers) {
  // The lower one of an even number, so that of two workers the slower one is seen.
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>((numbers.size() - 1) / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

}  // namespace

void WorkerTimes::begin_update() {
  began_ = std::chrono::steady_clock::now();
  waited_before_ = workers_.seconds_waited();
}

void WorkerTimes::end_update() {
  const double all =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  const double waited = workers_.seconds_waited() - waited_before_;
  busy_ += all - waited;
  all_busy_ += all - waited;
  all_waited_ += waited;
  ++updates_;
}

std::vector<std::string> WorkerTimes::news() {
  if (workers_.alone() || updates_ == 0) return {};
  std::vector<double> busy(static_cast<size_t>(workers_.size()));
  busy[static_cast<size_t>(workers_.rank())] = busy_ / static_cast<double>(updates_);
  busy = workers_.sum(busy);
  busy_ = 0;
  updates_ = 0;
  const double usual = median_of(busy);
  const auto slowest = std::ranges::max_element(busy);
  const int64_t slow = *slowest > kSlow * usual ? slowest - busy.begin() : -1;
  if (std::exchange(slow_rank_, slow) == slow) return {};
  if (slow < 0) return {"all workers are about as fast as one another again"};
  char text[96];
  std::snprintf(text, sizeof text, " is slow: %.3g s an update, the median is %.3g s; all wait",
                *slowest, usual);
  return {workers_.name_of(slow) + text};
}

std::string WorkerTimes::summary() const {
  if (workers_.alone()) return "";
  const double all = all_busy_ + all_waited_;
  char text[96];
  std::snprintf(text, sizeof text, "%lld workers: this one spent %.1f%% of its updates waiting",
                static_cast<long long>(workers_.size()), all > 0 ? 100 * all_waited_ / all : 0.0);
  return text;
}

}  // namespace rondo
