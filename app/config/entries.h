#pragma once

#include <yaml-cpp/yaml.h>

#include <map>
#include <string>
#include <string_view>

#include "app/config/key.h"

namespace rondo {

// A value that was given and how an error about it begins: "configs/x.yaml:14: training.batch_size"
// or "--set training.batch_size".
struct Entry {
  YAML::Node value;
  std::string where;
};

// What was given, by dotted path. Only leaves of the schema; sections are taken apart.
using Entries = std::map<std::string, Entry, std::less<>>;

// The top-level key's text as it stands, before any schema is known; empty where there is none.
std::string read_scalar(std::string_view yaml, std::string_view file, const std::string& name);

// Each throws ConfigError for an unknown key, a key given twice or in two ways, a value where a
// section belongs, and text that is not YAML.
Entries read_entries(const Key& root, std::string_view yaml, std::string_view file);
Entries read_override(const Key& root, std::string_view setting);  // "training.batch_size=3000"

// The later entries win, also over the keys that say the same in another way.
void override_entries(const Key& root, Entries& entries, const Entries& later);

// Fills the fields the schema is bound to, in its order. Throws ConfigError at the first bad value.
void fill_fields(const Key& section, const Entries& entries, const std::string& path = "");

}  // namespace rondo
