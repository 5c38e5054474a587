#include "app/config/entries.h"

#include <optional>
#include <utility>

#include "app/config/unknown_key.h"
#include "app/config/yaml_value.h"
#include "app/errors.h"

namespace rondo {
namespace {

// Walks a YAML tree beside the schema and collects the leaves.
class Collector {
 public:
  // Without a file it is an override, which has no lines.
  Collector(const Key& root, std::optional<std::string> file)
      : root_(root), file_(std::move(file)) {}

  Entries entries;

  void collect(const Key& section, const YAML::Node& node, const std::string& path) {
    std::map<std::string, int> lines;  // of the keys seen in this section
    for (const auto& pair : node) {
      const int line = pair.first.Mark().line + 1;
      const std::string name = name_of(pair.first, line);
      const std::string own_path = joined_path(path, name);
      const std::string where = place(line) + shown(own_path);
      const Key* key = section.find(name);
      if (!key) throw ConfigError(where + ": " + unknown_key(root_, section, name));
      const auto [first, is_new] = lines.emplace(name, line);
      if (!is_new) {
        const std::string number = std::to_string(first->second);
        throw ConfigError(where + ": given twice" + (file_ ? "; first on line " + number : ""));
      }
      add(*key, pair.second, own_path, where);
    }
  }

 private:
  void add(const Key& key, const YAML::Node& value, const std::string& path,
           const std::string& where) {
    if (!key.is_section()) {
      entries[path] = {value, where};
    } else if (value.IsMap()) {
      collect(key, value, path);
    } else if (!value.IsNull()) {  // a section whose every line is commented out is no mistake
      throw ConfigError(where + ": " + wrong_type("a section of keys", value).what());
    }
  }

  std::string name_of(const YAML::Node& key, int line) const {
    if (key.IsScalar()) return key.Scalar();
    throw ConfigError(place(line) + wrong_type("the name of a key", key).what());
  }

  std::string place(int line) const {
    return file_ ? *file_ + ":" + std::to_string(line) + ": " : "--set ";
  }

  const Key& root_;
  std::optional<std::string> file_;
};

// The siblings of the key at path that say the same thing in another way.
std::vector<std::string> replaced_by(const Key& section, std::string_view path,
                                     const std::string& parent = "") {
  const size_t dot = path.find('.');
  const Key* key = section.find(path.substr(0, dot));
  const std::string own = joined_path(parent, key->name);
  if (dot != std::string_view::npos) return replaced_by(*key, path.substr(dot + 1), own);
  std::vector<std::string> paths;
  for (const std::string& name : key->replaces) paths.push_back(joined_path(parent, name));
  return paths;
}

void check_said_once(const Key& root, const Entries& entries) {
  for (const auto& [path, entry] : entries) {
    for (const std::string& other : replaced_by(root, path)) {
      if (!entries.contains(other)) continue;
      throw ConfigError(entry.where + ": " + other + " says the same; give only one of them");
    }
  }
}

YAML::Node parse_document(std::string_view yaml, const std::string& file) {
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(yaml));
    if (documents.size() > 1) throw ConfigError(file + ": holds more than one YAML document");
    if (documents.empty() || documents[0].IsNull()) {
      throw ConfigError(file + ": empty; an experiment has at least name and data");
    }
    return documents[0];
  } catch (const YAML::Exception& error) {
    throw ConfigError(file + ":" + std::to_string(error.mark.line + 1) +
                      ": not valid YAML: " + error.msg);
  }
}

// Lists, sections and quoted text are YAML; anything else is taken as it stands, so that a path
// needs no second quoting.
YAML::Node parse_override_value(std::string_view text, const std::string& path) {
  if (text.empty() || std::string_view("[{\"'").find(text[0]) == std::string_view::npos) {
    return YAML::Node(std::string(text));
  }
  try {
    return YAML::Load(std::string(text));
  } catch (const YAML::Exception& error) {
    throw ConfigError("--set " + path + ": not valid YAML: " + error.msg);
  }
}

// a.b.c and value -> {a: {b: {c: value}}}.
YAML::Node nested(std::string_view path, const YAML::Node& value) {
  const size_t dot = path.find('.');
  YAML::Node parent;
  parent[std::string(path.substr(0, dot))] =
      dot == std::string_view::npos ? value : nested(path.substr(dot + 1), value);
  return parent;
}

}  // namespace

std::string read_scalar(std::string_view yaml, std::string_view file, const std::string& name) {
  const YAML::Node document = parse_document(yaml, std::string(file));
  if (!document.IsMap()) return "";
  for (const auto& pair : document) {
    if (pair.first.IsScalar() && pair.first.Scalar() == name && pair.second.IsScalar()) {
      return pair.second.Scalar();
    }
  }
  return "";
}

Entries read_entries(const Key& root, std::string_view yaml, std::string_view file) {
  const std::string name(file);
  const YAML::Node document = parse_document(yaml, name);
  if (!document.IsMap()) {
    throw ConfigError(name + ":1: " + wrong_type("a section of keys", document).what());
  }
  Collector collector(root, name);
  collector.collect(root, document, "");
  check_said_once(root, collector.entries);
  return std::move(collector.entries);
}

Entries read_override(const Key& root, std::string_view setting) {
  const size_t equals = setting.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    throw ConfigError("--set " + shown(setting) + ": expected key=value");
  }
  const std::string path(setting.substr(0, equals));
  Collector collector(root, std::nullopt);
  collector.collect(root, nested(path, parse_override_value(setting.substr(equals + 1), path)), "");
  return std::move(collector.entries);
}

void override_entries(const Key& root, Entries& entries, const Entries& later) {
  for (const auto& [path, entry] : later) {
    for (const std::string& other : replaced_by(root, path)) entries.erase(other);
    entries[path] = entry;
  }
}

void fill_fields(const Key& section, const Entries& entries, const std::string& path) {
  for (const Key& key : section.keys) {
    const std::string own = joined_path(path, key.name);
    if (key.is_section()) {
      fill_fields(key, entries, own);
    } else if (const auto entry = entries.find(own); entry != entries.end()) {
      try {
        key.read(entry->second.value);
      } catch (const ValueError& error) {
        throw ConfigError(entry->second.where + ": " + error.what());
      }
    }
  }
}

}  // namespace rondo
