#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "app/training/options.h"
#include "app/training/train_state.h"

namespace rondo {

// The files of the best models: best.rondo, and best-<update>.rondo for each where more than one is
// kept. `write` writes the present model to a path; it is called before any older one is removed.
class BestModels {
 public:
  BestModels(std::filesystem::path folder, Metric metric, int64_t keep)
      : folder_(std::move(folder)), metric_(metric), keep_(keep) {}

  // Keeps the present model where it is among the best.
  void offer(const KeptModel& candidate, std::vector<KeptModel>& kept,
             const std::function<void(const std::filesystem::path&)>& write) const;

  std::filesystem::path best_path() const { return folder_ / "best.rondo"; }

 private:
  std::filesystem::path path_of(const KeptModel& model) const;

  std::filesystem::path folder_;
  Metric metric_ = Metric::bleu;
  int64_t keep_ = 1;
};

}  // namespace rondo
