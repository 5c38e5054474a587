#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "app/training/options.h"

namespace rondo {

struct AshaOptions {
  double reduction = 3;  // eta: of this many trials that reach a rung one goes on to the next
  int rungs = 1;         // 1 = every trial is trained to its end: grid and random search
  int64_t trials = 0;    // begun at most
};

// Train this trial until the resource of this rung.
struct RungTask {
  int64_t trial = 0;
  int rung = 0;

  bool operator==(const RungTask&) const = default;
};

// Which trial to train next, and how far: asynchronous successive halving (Li et al. 2020, "A
// System for Massively Parallel Hyperparameter Tuning", algorithm 2). A trial goes up as soon as it
// is among the best 1/eta of those that reached its rung; where none is, a new one begins. Nobody
// waits for a rung to be full. Pure: it knows neither processes nor files.
class Asha {
 public:
  explicit Asha(const AshaOptions& options);

  // Nothing: there is none until another result is in, or none at all when no task is out.
  std::optional<RungTask> next();

  // Greater scores are better; not a number: it failed, or was never measured, and goes no further.
  // Also takes what an earlier process was told, in any order.
  void report(const RungTask& task, double score);

 private:
  struct Rung {
    std::map<int64_t, double> scores{};  // by trial
    std::set<int64_t> entered{};         // trials that were sent here
  };

  std::optional<int64_t> promotable(size_t rung) const;

  AshaOptions options_;
  std::vector<Rung> rungs_;
  int64_t begun_ = 0;  // all below it have entered rung 0
};

// What each rung trains to: min, min*eta, min*eta^2, ..., and the whole at last. Updates are whole.
std::vector<Duration> rung_resources(const Duration& whole, const Duration& min, double reduction);

}  // namespace rondo
