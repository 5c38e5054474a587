#include "app/config/changes.h"

#include <map>

#include "app/config/experiment_keys.h"

namespace rondo {
namespace {

using Values = std::map<std::string, std::string>;  // by "section.key"

void collect(const Key& section, const std::string& prefix, Values& values) {
  for (const Key& key : section.keys) {
    if (key.is_section()) {
      collect(key, prefix + key.name + ".", values);
    } else if (const auto value = key.write()) {
      values[prefix + key.name] = *value;
    }
  }
}

Values values_of(Experiment experiment) {
  Values values;
  collect(experiment_keys(experiment), "", values);
  return values;
}

std::string value_in(const Values& values, const std::string& key) {
  const auto found = values.find(key);
  if (found == values.end()) return "not set";
  return found->second.empty() ? "\"\"" : found->second;
}

}  // namespace

std::vector<std::string> changed_keys(const Experiment& before, const Experiment& now) {
  const Values old_values = values_of(before), new_values = values_of(now);
  Values all = new_values;
  all.insert(old_values.begin(), old_values.end());
  std::vector<std::string> lines;
  for (const auto& [key, ignored] : all) {
    const std::string old_value = value_in(old_values, key), value = value_in(new_values, key);
    if (value != old_value) lines.push_back(key + ": " + value + ", was " + old_value);
  }
  return lines;
}

}  // namespace rondo
