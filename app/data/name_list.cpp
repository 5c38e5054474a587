#include "app/data/name_list.h"

#include <algorithm>

#include "app/config/number_text.h"
#include "app/config/suggestion.h"

namespace rondo {
namespace {

constexpr size_t kMostBytes = 40;
constexpr size_t kMostNames = 20;

bool continues_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The name that a slip of the finger made another; a number is near to others for no reason, and so
// is what has but two letters.
std::string meant(std::string_view unknown, std::span<const std::string> names) {
  if (unknown.size() < 3 || parse_number<double>(unknown)) return "";
  return nearest(unknown, names);
}

}  // namespace

std::string shortened(std::string_view name) {
  if (name.size() <= kMostBytes) return std::string(name);
  size_t end = kMostBytes;
  while (end > 0 && continues_letter(name[end])) --end;
  return std::string(name.substr(0, end)) + "...";
}

std::string listed(std::span<const std::string> names) {
  const size_t shown = std::min(names.size(), kMostNames);
  std::string list;
  for (size_t i = 0; i < shown; ++i) {
    if (i > 0) list += ", ";
    list += shortened(names[i]);
  }
  if (names.size() > shown) list += " and " + std::to_string(names.size() - shown) + " more";
  return list;
}

std::string known_instead(std::string_view unknown, const std::string& what,
                          std::span<const std::string> names) {
  const std::string near = meant(unknown, names);
  const std::string list = what + " are " + listed(names);
  return near.empty() ? "; the " + list : "; did you mean '" + shortened(near) + "'? The " + list;
}

}  // namespace rondo
