#include "app/config/yaml_value.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "app/config/number_text.h"

namespace rondo {
namespace {

// Words that YAML 1.1 or 1.2 readers take for a truth value or for nothing.
constexpr auto kReserved =
    std::to_array<std::string_view>({"true", "false", "yes", "no", "on", "off", "y", "n", "null"});
constexpr std::string_view kPlainCharacters = "_./+-";

std::string lowercase(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower;
}

std::string found_text(const YAML::Node& node) {
  if (node.IsMap()) return "a section";
  if (node.IsSequence()) return "a list of " + std::to_string(node.size());
  if (node.IsNull()) return "nothing";
  return '"' + shown(node.Scalar()) + '"';
}

bool is_plain(std::string_view text) {
  if (text.empty() || !(std::isalpha(static_cast<unsigned char>(text[0])) || text[0] == '/'))
    return false;
  const bool safe = std::ranges::all_of(text, [](unsigned char c) {
    return c < 128 && (std::isalnum(c) || kPlainCharacters.find(c) != std::string_view::npos);
  });
  return safe && std::ranges::find(kReserved, lowercase(text)) == kReserved.end();
}

}  // namespace

std::string shown(std::string_view text) {
  constexpr size_t kLongest = 60;
  std::string line(text.substr(0, kLongest));
  std::ranges::replace_if(
      line, [](unsigned char c) { return std::iscntrl(c); }, ' ');
  return text.size() > kLongest ? line + "..." : line;
}

ValueError wrong_type(std::string_view expected, const YAML::Node& found) {
  return ValueError("expected " + std::string(expected) + ", found " + found_text(found));
}

std::string scalar_text(const YAML::Node& node, std::string_view expected) {
  if (!node.IsScalar()) throw wrong_type(expected, node);
  return node.Scalar();
}

bool read_bool(const YAML::Node& node) {
  constexpr std::string_view kExpected = "true or false";
  const std::string text = lowercase(scalar_text(node, kExpected));
  if (text == "true" || text == "yes" || text == "on") return true;
  if (text == "false" || text == "no" || text == "off") return false;
  throw wrong_type(kExpected, node);
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

template <class T>
T read_number(const YAML::Node& node, const Range& range) {
  const std::string kind = std::integral<T> ? "a whole number" : "a number";
  const std::string text = scalar_text(node, kind);
  const auto value = parse_number<T>(text);
  // Digits that do not fit T are as much out of range as a number outside the range asked for.
  const bool digits = is_digits(text.starts_with('-') ? text.substr(1) : text);
  if (!value && !digits) throw wrong_type(kind, node);
  if (value && range.contains(static_cast<double>(*value))) return *value;
  const std::string allowed = range.text();
  throw ValueError(shown(text) + " is out of range" +
                   (allowed.empty() ? "" : "; it must be " + allowed));
}

template int64_t read_number<int64_t>(const YAML::Node&, const Range&);
template uint32_t read_number<uint32_t>(const YAML::Node&, const Range&);
template uint64_t read_number<uint64_t>(const YAML::Node&, const Range&);
template double read_number<double>(const YAML::Node&, const Range&);

std::vector<double> read_numbers(const YAML::Node& node, size_t count, const Range& range) {
  if (!node.IsSequence() || node.size() != count) {
    throw wrong_type("a list of " + std::to_string(count) + " numbers", node);
  }
  std::vector<double> numbers;
  for (const YAML::Node& item : node) numbers.push_back(read_number<double>(item, range));
  return numbers;
}

std::string quoted_if_needed(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  YAML::Emitter emitter;
  emitter << YAML::DoubleQuoted << std::string(text);
  return emitter.c_str();
}

}  // namespace rondo
