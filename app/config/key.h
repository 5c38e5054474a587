#pragma once

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/config/names.h"
#include "app/config/range.h"

namespace YAML {
class Node;
}

namespace rondo {

// One key of the configuration, bound to the field it fills: the only place that says a key's name,
// meaning and range. Reading, writing, unknown keys and the listing of all keys come from a tree of
// these. A key with keys of its own is a section.
struct Key {
  std::string name{};
  std::string doc{};      // meaning and unit
  std::string expects{};  // "a whole number, at least 1"
  bool required = false;
  bool derived = false;                 // its default comes from other keys
  std::vector<std::string> replaces{};  // sibling keys that say the same thing in another way
  std::function<void(const YAML::Node&)> read{};  // throws ValueError
  // The field as YAML on one line; nothing when the key is to be left out.
  std::function<std::optional<std::string>()> write{};
  std::vector<Key> keys{};

  bool is_section() const { return !read; }
  bool is_listed() const { return !doc.empty(); }
  const Key* find(std::string_view child) const;
};

Key section(std::string name, std::string doc, std::vector<Key> keys);

// Keys of each type; they refer to the field and must not outlive it.
Key key(std::string name, bool& field, std::string doc);
Key key(std::string name, int64_t& field, const Range& range, std::string doc);
Key key(std::string name, uint32_t& field, const Range& range, std::string doc);
Key key(std::string name, uint64_t& field, const Range& range, std::string doc);
Key key(std::string name, double& field, const Range& range, std::string doc);
Key key(std::string name, std::string& field, std::string doc);
Key key(std::string name, std::filesystem::path& field, std::string doc);

// A duration with its unit; one counted in updates may also be a bare whole number.
Key duration_key(std::string name, Duration& field, std::string doc);
Key frequency_key(std::string name, Duration& field, std::string doc);
// The same, where "none" too has a meaning.
Key optional_frequency_key(std::string name, Duration& field, std::string doc);

// One of several names; index is the position among them.
Key choice_key(std::string name, std::vector<std::string> names, std::function<size_t()> index,
               std::function<void(size_t)> choose, std::string doc);

template <NamedEnum E>
Key key(std::string name, E& field, std::string doc) {
  std::vector<std::string> names;
  for (const auto& entry : kNames<E>) names.emplace_back(entry.name);
  const auto index = [&field]() -> size_t {
    return std::ranges::find(kNames<E>, field, &EnumName<E>::value) - kNames<E>.begin();
  };
  const auto choose = [&field](size_t chosen) { field = kNames<E>[chosen].value; };
  return choice_key(std::move(name), std::move(names), index, choose, std::move(doc));
}

// The same key, which must be given.
Key required(Key key);

// A list of texts: [a, b].
Key list_key(std::string name, std::vector<std::string>& field, std::string doc);

// A name other toolkits use for something that is said otherwise here; giving it is an error that
// tells how. Never written nor listed.
Key renamed_key(std::string name, std::string instead);

}  // namespace rondo
