#include "app/data/json_record.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "app/data/name_list.h"
#include "tokenizers/text_cleaning.h"

namespace rondo {
namespace {

using nlohmann::json;

std::string parse_complaint(const std::string& raw, size_t byte) {
  if (!is_valid_utf8(raw)) return "invalid UTF-8 in JSON";
  if (byte > raw.size()) return "the JSON ends too soon";
  return "broken JSON at column " + std::to_string(byte);
}

// The object, or null with the error set.
json parsed_object(Record& record) {
  try {
    json value = json::parse(record.raw);
    if (value.is_object()) return value;
    record.error = std::string("must be a JSON object, not ") + value.type_name();
  } catch (const json::parse_error& error) {
    record.error = parse_complaint(record.raw, error.byte);
  } catch (const json::exception&) {
    record.error = "broken JSON: a number is too large";
  }
  return nullptr;
}

// The value of a key, or nullptr with the error set.
const json* value_of(const json& object, const std::string& key, std::string& error) {
  const auto found = object.find(key);
  if (found != object.end()) return &*found;
  std::vector<std::string> keys;
  for (const auto& entry : object.items()) keys.push_back(entry.key());
  error = "has no key '" + shortened(key) + "'";
  if (!keys.empty()) error += "; its keys are " + listed(keys);
  return nullptr;
}

std::string wrong_type(const std::string& key, const char* wanted, const json& value) {
  return "'" + shortened(key) + "' must be " + wanted + ", not " + value.type_name();
}

// A string, number, true or false as text.
std::optional<std::string> scalar_text(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return value.dump();
  return std::nullopt;
}

void read_text(const json& object, const std::string& key, Record& record) {
  const json* value = value_of(object, key, record.error);
  if (!value) return;
  if (value->is_string()) {
    record.text = value->get<std::string>();
  } else {
    record.error = wrong_type(key, "a string", *value);
  }
}

void read_label(const json& object, const std::string& key, Record& record) {
  const json* value = value_of(object, key, record.error);
  if (!value) return;
  record.label_list = value->is_array();
  const size_t count = record.label_list ? value->size() : 1;
  for (size_t i = 0; i < count; ++i) {
    const json& item = record.label_list ? (*value)[i] : *value;
    const auto name = scalar_text(item);
    if (!name) {
      record.error = wrong_type(key, "a string, a number or a list of them", item);
      return;
    }
    if (i > 0) record.label += kLabelListSeparator;
    record.label += *name;
  }
}

void read_weight(const json& object, const std::string& key, Record& record) {
  const json* value = value_of(object, key, record.error);
  if (!value) return;
  if (value->is_number() || value->is_string()) {
    record.weight = *scalar_text(*value);
  } else {
    record.error = wrong_type(key, "a number", *value);
  }
}

}  // namespace

void take_json_apart(const RecordOptions& options, const RecordNeeds& needs, Record& record) {
  if (record.raw.empty()) {
    record.error = "is an empty line";
    return;
  }
  const json object = parsed_object(record);
  if (record.error.empty()) read_text(object, options.text_column, record);
  if (!needs.label) return;
  if (record.error.empty()) read_label(object, options.label_column, record);
  if (options.weight_column.empty()) return;
  if (record.error.empty()) read_weight(object, options.weight_column, record);
}

}  // namespace rondo
