#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <utility>
#include <vector>

#include "app/storage/run_folder.h"
#include "app/training/options.h"
#include "app/training/train_state.h"

namespace rondo {

// The files of the best models: best.rondo, and best-<update>.rondo for each where more than one is
// kept. `write` writes the present model to a path.
class BestModels {
 public:
  BestModels(RunFolder folder, Metric metric, int64_t keep)
      : folder_(std::move(folder)), metric_(metric), keep_(keep) {}

  // Keeps the present model where it is among the best; one whose value is not a number never is.
  void offer(const KeptModel& candidate, std::vector<KeptModel>& kept,
             const std::function<void(const std::filesystem::path&)>& write) const;

  // Removes the files of models that are no longer kept: once a checkpoint that does not name them
  // is on disk, since an older one may still have to be gone on from.
  void remove_others(const std::vector<KeptModel>& kept) const;

 private:
  std::filesystem::path path_of(const KeptModel& model) const;

  RunFolder folder_;
  Metric metric_ = Metric::bleu;
  int64_t keep_ = 1;
};

}  // namespace rondo
