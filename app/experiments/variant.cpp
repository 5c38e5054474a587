#include "app/experiments/variant.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <sstream>

#include "app/errors.h"

namespace rondo {
namespace {

constexpr size_t kLongestName = 100, kLongestLabel = 24;

Variation parse_variation(const std::string& text) {
  KeyAssignment assignment = parse_assignment("--vary", text);
  Variation made{.group = std::move(assignment.group), .values = split_list(assignment.values)};
  std::set<std::string> seen;
  for (const std::string& value : made.values) {
    if (value.empty()) throw ConfigError("--vary " + text + ": a value is empty");
    if (!seen.insert(value).second) throw ConfigError("--vary " + text + ": " + value + " twice");
  }
  return made;
}

Variant variant_of(const std::vector<Variation>& variations,
                   const std::vector<std::string>& values) {
  Variant made;
  for (size_t i = 0; i < values.size(); ++i) {
    const KeyGroup& group = variations[i].group;
    made.name += (i > 0 ? "," : "") + group.label + "=" + values[i];
    made.label += (i > 0 ? ", " : "") + values[i];
    std::ranges::copy(settings_of(group, values[i]), std::back_inserter(made.settings));
  }
  if (variations.empty()) made.name = made.label = "unvaried";
  made.name = folder_name(made.name);
  if (made.label.size() > kLongestLabel) made.label.resize(kLongestLabel);
  return made;
}

// Names that became equal when they were cut are told apart by a number.
void number_equal_names(std::vector<Variant>& variants) {
  std::set<std::string> seen;
  for (Variant& variant : variants) {
    const std::string name = variant.name;
    for (int number = 2; !seen.insert(variant.name).second; ++number) {
      variant.name = name + "-" + std::to_string(number);
    }
  }
}

}  // namespace

std::vector<Variation> parse_variations(std::span<const std::string> texts) {
  std::vector<Variation> variations;
  for (const std::string& text : texts) variations.push_back(parse_variation(text));
  std::vector<KeyGroup*> groups;
  for (Variation& variation : variations) groups.push_back(&variation.group);
  label_groups("--vary", groups);
  return variations;
}

std::vector<Variant> grid_of(const std::vector<Variation>& variations) {
  std::vector<std::vector<std::string>> lists;
  for (const Variation& variation : variations) lists.push_back(variation.values);
  std::vector<Variant> variants;
  for (const auto& values : combinations(lists)) {
    variants.push_back(variant_of(variations, values));
  }
  number_equal_names(variants);
  return variants;
}

Variant parse_variant(const std::string& text) {
  const size_t colon = text.find(':');
  Variant made{.name = folder_name(text.substr(0, colon)), .label = text.substr(0, colon)};
  const ConfigError wrong("--also " + text + ": expected NAME:KEY=VALUE;KEY=VALUE");
  if (colon == std::string::npos || colon == 0) throw wrong;
  std::istringstream settings(text.substr(colon + 1));
  for (std::string setting; std::getline(settings, setting, ';');) {
    if (setting.find('=') == std::string::npos) throw wrong;
    made.settings.push_back(setting);
  }
  if (made.settings.empty()) throw wrong;
  if (made.label.size() > kLongestLabel) made.label.resize(kLongestLabel);
  return made;
}

std::vector<std::vector<std::string>> combinations(
    const std::vector<std::vector<std::string>>& lists) {
  std::vector<std::vector<std::string>> made(1);
  for (const auto& list : lists) {
    std::vector<std::vector<std::string>> longer;
    for (const auto& beginning : made) {
      for (const std::string& item : list) {
        longer.push_back(beginning);
        longer.back().push_back(item);
      }
    }
    made = std::move(longer);
  }
  return made;
}

std::string folder_name(const std::string& name) {
  std::string made = name.substr(0, kLongestName);
  for (char& c : made) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (!plain && std::string_view("._=,+-").find(c) == std::string_view::npos) c = '-';
  }
  return made;
}

}  // namespace rondo
