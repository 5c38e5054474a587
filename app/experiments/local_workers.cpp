#include "app/experiments/local_workers.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>

#include "app/distributed/worker_place.h"
#include "app/errors.h"
#include "app/experiments/child_process.h"

namespace rondo {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kLastWord{30};  // for the others, where one has failed
constexpr std::chrono::seconds kSaving{30};    // then, from SIGTERM to SIGKILL

// A port that nobody listens at now.
int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  const bool found = socket >= 0 &&
                     ::bind(socket, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  if (socket >= 0) ::close(socket);
  if (!found) throw DataError("no free port on 127.0.0.1 for the workers to meet at");
  return ntohs(address.sin_port);
}

int status_of(const ProcessEnd& end) { return end.signal > 0 ? 128 + end.signal : end.status; }

// Those that run, and what the first failure was.
struct Group {
  std::vector<std::unique_ptr<ChildProcess>> running{};
  int status = 0;
  Clock::time_point failed{};

  void collect() {
    std::erase_if(running, [this](const auto& process) {
      const auto end = process->poll();
      if (end && status == 0 && status_of(*end) != 0) {
        status = status_of(*end);
        failed = Clock::now();
      }
      return end.has_value();
    });
  }
  void end_late_ones() {
    if (status == 0 || Clock::now() < failed + kLastWord) return;
    for (auto& process : running) {
      if (Clock::now() < failed + kLastWord + kSaving) {
        process->terminate();
      } else {
        process->kill();
      }
    }
  }
};

}  // namespace

std::vector<std::string> worker_environment(const LocalWorkers& workers, int64_t rank, int port) {
  const std::string size = std::to_string(workers.count), number = std::to_string(rank);
  std::vector<std::string> environment{
      "RANK=" + number,           "LOCAL_RANK=" + number,  "WORLD_SIZE=" + size,
      "LOCAL_WORLD_SIZE=" + size, "MASTER_ADDR=127.0.0.1", "MASTER_PORT=" + std::to_string(port)};
  // More threads than cores wait for one another.
  if (!std::getenv("OMP_NUM_THREADS")) {
    const int64_t threads = std::max<int64_t>(1, workers.cores / workers.count);
    environment.push_back("OMP_NUM_THREADS=" + std::to_string(threads));
  }
  return environment;
}

int run_local_workers(const LocalWorkers& workers) {
  const WorkerPlace place = worker_place();
  if (!place.alone()) {
    throw ConfigError("--workers starts the workers of this machine, but " + place.launcher +
                      " has started this process as one of " + std::to_string(place.size) +
                      " already; leave --workers out");
  }
  const int port = free_port();
  ChildWatch watch;
  Group group;
  for (int64_t rank = 0; rank < workers.count; ++rank) {
    group.running.push_back(std::make_unique<ChildProcess>(
        workers.command, ChildSettings{.environment = worker_environment(workers, rank, port)}));
  }
  while (!group.running.empty()) {
    watch.wait(1);
    group.collect();
    if (workers.stop_requested && workers.stop_requested()) {
      for (auto& process : group.running) process->terminate();
    }
    group.end_late_ones();
  }
  return group.status;
}

}  // namespace rondo
