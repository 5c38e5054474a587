#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rondo {

// Keys of the configuration that take the same value together, written a.b+c.d.
struct KeyGroup {
  std::vector<std::string> keys{};
  std::string label{};  // for tables: the shortest ending of the first key that no other group has

  bool operator==(const KeyGroup&) const = default;
};

// What was written after an option: GROUP=VALUES.
struct KeyAssignment {
  KeyGroup group{};
  std::string values{};
};

// Throws ConfigError, which begins with the option's name: "--vary".
KeyAssignment parse_assignment(std::string_view option, std::string_view text);

// At commas, save those within brackets, braces or quotes.
std::vector<std::string> split_list(std::string_view list);

// Gives each group its label. Throws ConfigError where two groups share a key, or one is model_dir.
void label_groups(std::string_view option, const std::vector<KeyGroup*>& groups);

// "key=value" for each key of a group: overrides for load_experiment.
std::vector<std::string> settings_of(const KeyGroup& group, const std::string& value);

}  // namespace rondo
