#pragma once

#include <torch/torch.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <torch/csrc/distributed/c10d/Work.hpp>
#include <vector>

#include "app/distributed/worker_place.h"

namespace rondo {

struct WorkerLink;

// The processes that train one model together, as one of them sees them: who it is, and what all
// of them know when each has said its part. Every worker calls the same operations in the same
// order; each waits for all. Alone, all of it is there and costs nothing.
//
// Where one is lost, whoever waits for it ends the process (see Pulse), so that no caller has to
// think of it.
class Workers {
 public:
  Workers() = default;  // alone
  // Meets the others. Throws DataError where they do not come within the timeout.
  Workers(const WorkerPlace& place, std::chrono::milliseconds timeout);

  // One of a group that was never met: for what depends on the place alone.
  static Workers standing_for(const WorkerPlace& place) {
    Workers workers;
    workers.place_ = place;
    return workers;
  }

  int64_t rank() const { return place_.rank; }
  int64_t size() const { return place_.size; }
  bool alone() const { return place_.alone(); }
  bool first() const { return place_.rank == 0; }
  const WorkerPlace& place() const { return place_; }
  // "rank 1 on host-a"
  std::string name_of(int64_t rank) const;

  // A sum on its way; the tensor is not to be touched before wait().
  class Sum {
   public:
    void wait();  // for the sum; later calls return at once

   private:
    friend class Workers;
    std::shared_ptr<WorkerLink> link_{};
    c10::intrusive_ptr<c10d::Work> work_{};
  };
  // In place, over all workers, with the same bits on each.
  Sum start_sum(torch::Tensor& tensor) const;
  void sum(torch::Tensor& tensor) const { start_sum(tensor).wait(); }
  std::vector<double> sum(const std::vector<double>& numbers) const;
  // What each worker says, by rank.
  std::vector<std::string> gather(const std::string& bytes) const;
  // What the first worker says.
  std::string from_first(const std::string& bytes) const;
  void wait_for_all() const;

  // Every worker must give the same texts, of which the names tell what they are. Throws
  // ConfigError, on all, naming the first worker that differs from the first and the line in which
  // it does.
  void agree(const std::map<std::string, std::string>& texts) const;

  // Every worker is ready: from here on, one that lets the others wait for the timeout hangs. Before,
  // only one that shows no sign of life is lost.
  void begin_training() const;
  // How far this worker is, for what is said when one is lost.
  void at_update(int64_t update) const;
  // Seconds of this process spent waiting for others.
  double seconds_waited() const;

  // This worker fails, for that reason. True where it is the one to tell the user.
  bool announce_failure(const std::string& why) const;
  // Every worker is done: what happens to others no longer matters.
  void leave() const;

 private:
  WorkerPlace place_{};
  std::shared_ptr<WorkerLink> link_{};
};

// Each worker's rows [n, ...], of any n, joined by rank: [all, ...], on the CPU.
torch::Tensor joined_rows(const Workers& workers, const torch::Tensor& own);

}  // namespace rondo
