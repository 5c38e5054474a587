#include "app/config/entries.h"

#include "app/config/unknown_key.h"
#include "app/config/yaml_value.h"
#include "app/errors.h"

namespace rondo {
namespace {

// Walks a YAML tree beside the schema and collects the leaves.
class Collector {
 public:
  // An empty file means an override, which has no lines.
  Collector(const Key& root, std::string_view file) : root_(root), file_(file) {}

  Entries entries;

  void collect(const Key& section, const YAML::Node& node, const std::string& path) {
    std::map<std::string, int> lines;  // of the keys seen in this section
    for (const auto& pair : node) {
      const int line = pair.first.Mark().line + 1;
      if (!pair.first.IsScalar()) throw ConfigError(where(line, path) + "a key must be a name");
      const std::string name = pair.first.Scalar();
      const std::string own = where(line, joined_path(path, name));
      const Key* key = section.find(name);
      if (!key) throw ConfigError(own + ": " + unknown_key(root_, section, name));
      const auto [first, is_new] = lines.emplace(name, line);
      if (!is_new) {
        throw ConfigError(own + ": given twice; the first is on line " +
                          std::to_string(first->second));
      }
      add(*key, pair.second, joined_path(path, name), own);
    }
  }

 private:
  void add(const Key& key, const YAML::Node& value, const std::string& path,
           const std::string& own) {
    if (!key.is_section()) {
      entries[path] = {value, own};
    } else if (value.IsMap()) {
      collect(key, value, path);
    } else if (!value.IsNull()) {  // a section whose every line is commented out is no mistake
      throw ConfigError(own + ": " + wrong_type("a section of keys", value).what());
    }
  }

  std::string where(int line, const std::string& path) const {
    return file_.empty() ? "--set " + path : file_ + ":" + std::to_string(line) + ": " + path;
  }

  const Key& root_;
  std::string file_;
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

}  // namespace

Entries read_entries(const Key& root, std::string_view yaml, std::string_view file) {
  const std::string name(file);
  const YAML::Node document = parse_document(yaml, name);
  if (!document.IsMap()) {
    throw ConfigError(name + ":1: " + wrong_type("a section of keys", document).what());
  }
  Collector collector(root, file);
  collector.collect(root, document, "");
  check_said_once(root, collector.entries);
  return std::move(collector.entries);
}

Entries read_override(const Key& root, std::string_view setting) {
  const size_t equals = setting.find('=');
  std::string path(setting.substr(0, equals));
  if (equals == std::string_view::npos) {
    throw ConfigError("--set " + path + ": expected key=value");
  }
  YAML::Node node = parse_override_value(setting.substr(equals + 1), path);
  while (!path.empty()) {
    const size_t dot = path.rfind('.');
    YAML::Node parent;
    parent[path.substr(dot + 1)] = node;  // npos + 1 is 0: the whole path
    node = parent;
    path.resize(dot == std::string::npos ? 0 : dot);
  }
  Collector collector(root, "");
  collector.collect(root, node, "");
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
