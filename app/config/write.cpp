#include "app/config/experiment_keys.h"
#include "app/config/load.h"

namespace rondo {
namespace {

void write_section(const Key& section, const std::string& indent, std::string& yaml) {
  for (const Key& key : section.keys) {
    if (key.is_section()) {
      yaml += indent + key.name + ":\n";
      write_section(key, indent + "  ", yaml);
    } else if (const auto value = key.write()) {
      yaml += indent + key.name + ": " + *value + "\n";
    }
  }
}

// Required keys and those written by no config are commented out, so that the rest stays valid
// YAML.
void describe_section(const Key& section, const std::string& indent, std::string& text) {
  for (const Key& key : section.keys) {
    if (!key.is_listed()) continue;
    text += indent + "# " + key.doc;
    if (key.is_section()) {
      text += "\n" + indent + key.name + ":\n";
      describe_section(key, indent + "  ", text);
      continue;
    }
    const auto value = key.required ? std::nullopt : key.write();
    text += " (" + key.expects + (key.required ? "; required)\n" : ")\n");
    text += indent + (value ? key.name + ": " + *value : "# " + key.name + ":") + "\n";
  }
}

}  // namespace

std::string to_yaml(const Experiment& experiment) {
  Experiment copy = experiment;  // the schema binds to fields that it could write
  std::string yaml;
  write_section(experiment_keys(copy), "", yaml);
  return yaml;
}

std::string describe_keys() {
  Experiment defaults;
  std::string text;
  describe_section(experiment_keys(defaults), "", text);
  return text;
}

}  // namespace rondo
