#include "app/training/best_models.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <system_error>

namespace rondo {
namespace {

// "best-1200.rondo", and no other file that a user may have put there.
bool is_numbered_model(const std::string& name) {
  constexpr std::string_view kStart = "best-", kEnd = ".rondo";
  if (!name.starts_with(kStart) || !name.ends_with(kEnd)) return false;
  const std::string digits = name.substr(kStart.size(), name.size() - kStart.size() - kEnd.size());
  return !digits.empty() && digits.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

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
  if (static_cast<int64_t>(kept.size()) > keep_) kept.resize(static_cast<size_t>(keep_));
}

void BestModels::remove_others(const std::vector<KeptModel>& kept) const {
  if (keep_ <= 1) return;
  std::error_code ignored;  // one file too many is no reason to stop
  for (std::filesystem::directory_iterator it(folder_.path, ignored), end; it != end;
       it.increment(ignored)) {
    const bool is_kept = std::ranges::any_of(
        kept, [&](const KeptModel& model) { return path_of(model) == it->path(); });
    if (is_numbered_model(it->path().filename().string()) && !is_kept) {
      std::filesystem::remove(it->path(), ignored);
    }
  }
}

std::filesystem::path BestModels::path_of(const KeptModel& model) const {
  return folder_.path / ("best-" + std::to_string(model.update) + ".rondo");
}

}  // namespace rondo
