#include "app/config/key.h"

#include <yaml-cpp/yaml.h>

#include <concepts>

#include "app/config/duration.h"
#include "app/config/number_text.h"
#include "app/config/suggestion.h"
#include "app/config/yaml_value.h"

namespace rondo {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) joined += (joined.empty() ? "" : ", ") + word;
  return joined;
}

template <class T>
Key number_key(std::string name, T& field, const Range& range, std::string doc) {
  const std::string kind = std::integral<T> ? "a whole number" : "a number";
  const std::string allowed = range.text();
  return {.name = std::move(name),
          .doc = std::move(doc),
          .expects = kind + (allowed.empty() ? "" : ", " + allowed),
          .read = [&field, range](const YAML::Node& node) { field = read_number<T>(node, range); },
          .write = [&field] { return number_text(field); }};
}

template <class Text>
Key text_key(std::string name, Text& field, std::string doc) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .expects = "text",
          .read = [&field](const YAML::Node& node) { field = scalar_text(node, "text"); },
          .write = [&field] { return quoted_if_needed(std::string(field)); }};
}

}  // namespace

const Key* Key::find(std::string_view child) const {
  const auto found = std::ranges::find(keys, child, &Key::name);
  return found == keys.end() ? nullptr : &*found;
}

Key section(std::string name, std::string doc, std::vector<Key> keys) {
  return {.name = std::move(name), .doc = std::move(doc), .keys = std::move(keys)};
}

Key key(std::string name, bool& field, std::string doc) {
  return {.name = std::move(name),
          .doc = std::move(doc),
          .expects = "true or false",
          .read = [&field](const YAML::Node& node) { field = read_bool(node); },
          .write = [&field] { return field ? "true" : "false"; }};
}

Key key(std::string name, int64_t& field, const Range& range, std::string doc) {
  return number_key(std::move(name), field, range, std::move(doc));
}

Key key(std::string name, uint32_t& field, const Range& range, std::string doc) {
  return number_key(std::move(name), field, range, std::move(doc));
}

Key key(std::string name, uint64_t& field, const Range& range, std::string doc) {
  return number_key(std::move(name), field, range, std::move(doc));
}

Key key(std::string name, double& field, const Range& range, std::string doc) {
  return number_key(std::move(name), field, range, std::move(doc));
}

Key key(std::string name, std::string& field, std::string doc) {
  return text_key(std::move(name), field, std::move(doc));
}

Key key(std::string name, std::filesystem::path& field, std::string doc) {
  return text_key(std::move(name), field, std::move(doc));
}

Key duration_key(std::string name, Duration& field, std::string doc) {
  const std::string expects = "a duration such as 5e (epochs), 10ku (updates) or 30min";
  const auto read = [&field, expects](const YAML::Node& node) {
    const auto duration = parse_duration(scalar_text(node, expects));
    if (!duration || duration->unit == Duration::Unit::none) throw wrong_type(expects, node);
    field = *duration;
  };
  return {.name = std::move(name),
          .doc = std::move(doc),
          .expects = expects,
          .read = read,
          .write = [&field] { return to_string(field); }};
}

Key frequency_key(std::string name, Duration& field, std::string doc) {
  Key made = duration_key(std::move(name), field, std::move(doc));
  made.read = [strict = made.read](const YAML::Node& node) {
    const bool bare = node.IsScalar() && is_digits(node.Scalar());
    strict(bare ? YAML::Node(node.Scalar() + "u") : node);
  };
  return made;
}

Key optional_frequency_key(std::string name, Duration& field, std::string doc) {
  Key made = frequency_key(std::move(name), field, std::move(doc));
  made.expects += ", or none";
  made.read = [&field, given = made.read](const YAML::Node& node) {
    if (node.IsScalar() && node.Scalar() == "none") {
      field = {};
    } else {
      given(node);
    }
  };
  return made;
}

Key choice_key(std::string name, std::vector<std::string> names, std::function<size_t()> index,
               std::function<void(size_t)> choose, std::string doc) {
  const std::string expects = names.size() == 1 ? names[0] : "one of " + join(names);
  const auto read = [names, choose, expects](const YAML::Node& node) {
    const std::string text = scalar_text(node, expects);
    const auto found = std::ranges::find(names, text);
    if (found == names.end()) {
      const std::string meant = nearest(text, names);
      const std::string hint = meant.empty() ? "" : "; did you mean " + meant + "?";
      throw ValueError(wrong_type(expects, node).what() + hint);
    }
    choose(found - names.begin());
  };
  return {.name = std::move(name),
          .doc = std::move(doc),
          .expects = expects,
          .read = read,
          .write = [names, index] { return names.at(index()); }};
}

Key list_key(std::string name, std::vector<std::string>& field, std::string doc) {
  const std::string expects = "a list of texts, such as [negative, positive]";
  const auto read = [&field, expects](const YAML::Node& node) {
    if (!node.IsSequence()) throw wrong_type(expects, node);
    field.clear();
    for (const YAML::Node& item : node) field.push_back(scalar_text(item, "text"));
  };
  const auto write = [&field] {
    std::string list;
    for (const std::string& text : field)
      list += (list.empty() ? "" : ", ") + quoted_if_needed(text);
    return "[" + list + "]";
  };
  return {.name = std::move(name),
          .doc = std::move(doc),
          .expects = expects,
          .read = read,
          .write = write};
}

Key required(Key key) {
  key.required = true;
  return key;
}

Key renamed_key(std::string name, std::string instead) {
  const auto read = [instead](const YAML::Node&) {
    throw ValueError("unknown key; Rondo says this with " + instead);
  };
  return {.name = std::move(name), .read = read, .write = [] { return std::nullopt; }};
}

}  // namespace rondo
