#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace rondo {

struct LocalWorkers {
  int64_t count = 1;
  std::vector<std::string> command{};  // of each: the program and its arguments
  int64_t cores = 1;                   // of this machine, which they share
  std::function<bool()> stop_requested{};
};

// Starts the workers of one training on this machine as torchrun would, by the variables it sets
// (see WorkerPlace), and waits until all have ended. Where one fails, the others have kLastWord to
// end by themselves. Returns the first failure's exit status, 128 and the signal where one killed
// it, or 0. Throws ConfigError where this process is itself one of several workers.
int run_local_workers(const LocalWorkers& workers);

// The variables of one of them, as NAME=value.
std::vector<std::string> worker_environment(const LocalWorkers& workers, int64_t rank, int port);

}  // namespace rondo
