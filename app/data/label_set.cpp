#include "app/data/label_set.h"

#include "app/data/name_list.h"
#include "app/errors.h"

namespace rondo {

LabelSet::LabelSet(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (number(name) >= 0) throw DataError("label '" + shortened(name) + "' is given twice");
    add(name);
  }
}

int64_t LabelSet::add(std::string_view name) {
  const auto [entry, is_new] = numbers_.try_emplace(std::string(name), size());
  if (is_new) names_.emplace_back(name);
  return entry->second;
}

int64_t LabelSet::number(std::string_view name) const {
  const auto found = numbers_.find(std::string(name));
  return found == numbers_.end() ? -1 : found->second;
}

std::string LabelSet::complaint(std::string_view name) const {
  return "unknown label '" + shortened(name) + "'" + known_instead(name, "labels", names_);
}

}  // namespace rondo
