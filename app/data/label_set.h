#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rondo {

// The labels of a task, numbered from 0.
class LabelSet {
 public:
  LabelSet() = default;
  // Throws DataError where a name is given twice.
  explicit LabelSet(const std::vector<std::string>& names);

  // The number of a name, which joins the set where it is new.
  int64_t add(std::string_view name);

  int64_t size() const { return static_cast<int64_t>(names_.size()); }
  int64_t number(std::string_view name) const;  // -1 where unknown
  const std::string& name(int64_t number) const { return names_[static_cast<size_t>(number)]; }
  const std::vector<std::string>& names() const { return names_; }

  // "unknown label 'positiv'; did you mean 'positive'? The labels are negative, positive"
  std::string complaint(std::string_view name) const;

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, int64_t> numbers_;
};

}  // namespace rondo
