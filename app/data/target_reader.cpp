#include "app/data/target_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "app/data/name_list.h"

namespace rondo {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kListSeparator(&kLabelListSeparator, 1);

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// The whole text as a finite number; a + before it is allowed.
std::optional<double> finite_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

// The names of a record's label field; an empty separator takes it as one name.
std::vector<std::string_view> names_in(const Record& record, std::string_view separator) {
  if (record.label_list) separator = kListSeparator;
  std::vector<std::string_view> names;
  std::string_view rest = record.label;
  while (!rest.empty()) {
    const size_t found = separator.empty() ? std::string_view::npos : rest.find(separator);
    const size_t end = std::min(found, rest.size());
    const std::string_view name = trimmed(rest.substr(0, end));
    if (!name.empty()) names.push_back(name);
    rest.remove_prefix(std::min(end + separator.size(), rest.size()));
  }
  return names;
}

// What is wrong where exactly one label is wanted, or nothing.
std::string wrong_number(size_t labels) {
  if (labels == 0) return "has no label";
  return labels == 1 ? "" : "has " + std::to_string(labels) + " labels; only one is wanted";
}

}  // namespace

std::string TargetReader::read(const Record& record, Target& target) {
  target = Target{};
  std::string wrong = record.error;
  if (wrong.empty()) wrong = read_weight(record, target);
  if (!wrong.empty()) return wrong;
  return options_.targets == TargetType::value ? read_value(record, target)
                                               : read_labels(record, target);
}

std::string TargetReader::read_weight(const Record& record, Target& target) const {
  if (options_.records.weight_column.empty()) return "";
  const auto weight = finite_number(record.weight);
  if (!weight || *weight < 0) {
    return "weight '" + shortened(record.weight) + "' is not a number of at least 0";
  }
  target.weight = *weight;
  return "";
}

std::string TargetReader::read_value(const Record& record, Target& target) const {
  const auto names = names_in(record, "");
  if (names.size() != 1) return wrong_number(names.size());
  const auto value = finite_number(names.front());
  if (!value) return "label '" + shortened(names.front()) + "' is not a finite number";
  target.value = *value;
  return "";
}

std::string TargetReader::read_labels(const Record& record, Target& target) {
  const bool many = options_.targets == TargetType::multi_label;
  const auto names = names_in(record, many ? std::string_view(options_.label_separator) : "");
  if (!many && names.size() != 1) return wrong_number(names.size());
  for (const std::string_view name : names) {
    const bool add = new_labels_ == NewLabels::add;
    const int64_t number = add ? labels_.add(name) : labels_.number(name);
    if (number < 0) return labels_.complaint(name);
    target.labels.push_back(number);
  }
  std::sort(target.labels.begin(), target.labels.end());
  const auto repeated = std::unique(target.labels.begin(), target.labels.end());
  target.labels.erase(repeated, target.labels.end());
  return "";
}

std::vector<std::string> labels_in_order(std::vector<std::string> names, TargetType targets) {
  std::sort(names.begin(), names.end());
  const auto is_number = [](const std::string& name) { return finite_number(name).has_value(); };
  if (targets == TargetType::ordinal && std::all_of(names.begin(), names.end(), is_number)) {
    std::stable_sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
      return *finite_number(a) < *finite_number(b);
    });
  }
  return names;
}

}  // namespace rondo
