#include <sstream>

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

// Lines of a comment that break between words before they pass 100 columns.
std::string comment(const std::string& text, const std::string& indent) {
  constexpr size_t kColumns = 100;
  std::istringstream words(text);
  std::string lines;
  std::string line = indent + "#";
  for (std::string word; words >> word;) {
    if (line.size() + 1 + word.size() > kColumns) {
      lines += line + "\n";
      line = indent + "#";
    }
    line += " " + word;
  }
  return lines + line + "\n";
}

// Keys without a default of their own are commented out, so that the listing stays valid YAML.
void describe_section(const Key& section, const std::string& indent, std::string& text) {
  for (const Key& key : section.keys) {
    if (!key.is_listed()) continue;
    if (key.is_section()) {
      text += comment(key.doc, indent) + indent + key.name + ":\n";
      describe_section(key, indent + "  ", text);
      continue;
    }
    text += comment(key.doc + " (" + key.expects + (key.required ? "; required)" : ")"), indent);
    const auto value = key.required || key.derived ? std::nullopt : key.write();
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

std::string describe_keys(TaskType task) {
  Experiment defaults = default_experiment(task);
  std::string text;
  describe_section(experiment_keys(defaults), "", text);
  return text;
}

}  // namespace rondo
