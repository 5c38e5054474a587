#include "app/config/unknown_key.h"

#include "app/config/suggestion.h"

namespace rondo {
namespace {

std::vector<std::string> names_in(const Key& section) {
  std::vector<std::string> names;
  for (const Key& key : section.keys) {
    if (key.is_listed()) names.push_back(key.name);
  }
  return names;
}

void append_all_names(const Key& section, std::vector<std::string>& names) {
  for (const std::string& name : names_in(section)) names.push_back(name);
  for (const Key& key : section.keys) append_all_names(key, names);
}

// "model.encoder.hidden_size or model.decoder.hidden_size".
std::string paths_of(const Key& section, const std::string& name, const std::string& path = "") {
  std::string paths;
  for (const Key& key : section.keys) {
    const std::string own = joined_path(path, key.name);
    const bool found = key.name == name && key.is_listed();
    const std::string more = found ? own : paths_of(key, name, own);
    if (!more.empty()) paths += (paths.empty() ? "" : " or ") + more;
  }
  return paths;
}

std::string similar_elsewhere(const Key& root, const std::string& name) {
  std::vector<std::string> names;
  append_all_names(root, names);
  const std::string similar = nearest(name, names);
  return similar.empty() ? "" : paths_of(root, similar);
}

}  // namespace

std::string joined_path(const std::string& parent, const std::string& name) {
  return parent.empty() ? name : parent + "." + name;
}

std::string unknown_key(const Key& root, const Key& section, const std::string& name) {
  std::string meant = paths_of(root, name);
  if (meant.empty()) meant = nearest(name, names_in(section));
  if (meant.empty()) meant = similar_elsewhere(root, name);
  return meant.empty() ? "unknown key" : "unknown key; did you mean " + meant + "?";
}

}  // namespace rondo
