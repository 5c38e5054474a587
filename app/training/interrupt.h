#pragma once

#include <csignal>

namespace rondo {

// While it lives, the first SIGINT or SIGTERM is only noted, so that training can finish its update
// and save; a second one ends the program at once. One at a time.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  static bool requested();

 private:
  struct sigaction previous_int_ {
  }, previous_term_{};
};

}  // namespace rondo
