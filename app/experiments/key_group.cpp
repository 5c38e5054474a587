#include "app/experiments/key_group.h"

#include <algorithm>
#include <set>

#include "app/errors.h"

namespace rondo {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// The last `parts` names of a dotted key.
std::string ending(const std::string& key, int parts) {
  size_t dot = key.size();
  for (; parts > 0 && dot != std::string::npos; --parts) dot = key.rfind('.', dot - 1);
  return dot == std::string::npos ? key : key.substr(dot + 1);
}

bool ends_alike(const KeyGroup& a, const KeyGroup& b, int parts) {
  return ending(a.keys.front(), parts) == ending(b.keys.front(), parts);
}

}  // namespace

KeyAssignment parse_assignment(std::string_view option, std::string_view text) {
  const auto wrong = [&](const std::string& what) {
    return ConfigError(std::string(option) + " " + std::string(text) + ": " + what);
  };
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    throw wrong("expected KEY=VALUES, as training.learning_rate=0.001,0.002");
  }
  KeyAssignment made{.values = std::string(text.substr(equals + 1))};
  made.group.keys = split(text.substr(0, equals), '+');
  if (std::ranges::count(made.group.keys, "") > 0) throw wrong("a key without a name");
  if (made.values.empty()) throw wrong("no values");
  return made;
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> parts(1);
  int depth = 0;
  char quote = 0;
  for (const char c : list) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      parts.emplace_back();
      continue;
    }
    parts.back() += c;
  }
  return parts;
}

void label_groups(std::string_view option, const std::vector<KeyGroup*>& groups) {
  std::set<std::string> seen;
  for (KeyGroup* group : groups) {
    for (const std::string& key : group->keys) {
      const std::string where = std::string(option) + " " + key + ": ";
      if (key == "model_dir")
        throw ConfigError(where + "every run has a folder of its own already");
      if (!seen.insert(key).second) throw ConfigError(where + "given twice");
    }
  }
  for (KeyGroup* group : groups) {
    int parts = 1;
    const auto alike = [&](const KeyGroup* other) {
      return other != group && ends_alike(*group, *other, parts);
    };
    while (std::ranges::any_of(groups, alike) &&
           ending(group->keys.front(), parts) != group->keys.front()) {
      ++parts;
    }
    group->label = ending(group->keys.front(), parts);
  }
}

std::vector<std::string> settings_of(const KeyGroup& group, const std::string& value) {
  std::vector<std::string> settings;
  for (const std::string& key : group.keys) settings.push_back(key + "=" + value);
  return settings;
}

}  // namespace rondo
