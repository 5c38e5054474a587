#include "app/training/best_models.h"

#include <algorithm>
#include <cmath>

namespace rondo {

void BestModels::offer(const KeptModel& candidate, std::vector<KeptModel>& kept,
                       const std::function<void(const std::filesystem::path&)>& write) const {
  if (std::isnan(candidate.value)) return;
  const auto worse = std::find_if(kept.begin(), kept.end(), [&](const KeptModel& model) {
    return is_better(metric_, candidate.value, model.value);
  });
  const bool is_best = worse == kept.begin();
  if (worse == kept.end() && static_cast<int64_t>(kept.size()) >= keep_) return;
  if (is_best) write(folder_.best_model());
  if (keep_ > 1) write(path_of(candidate));
  kept.insert(worse, candidate);
  while (static_cast<int64_t>(kept.size()) > keep_) {
    std::error_code ignored;  // one file too many is no reason to stop
    if (keep_ > 1) std::filesystem::remove(path_of(kept.back()), ignored);
    kept.pop_back();
  }
}

std::filesystem::path BestModels::path_of(const KeptModel& model) const {
  return folder_.path / ("best-" + std::to_string(model.update) + ".rondo");
}

}  // namespace rondo
