#include "app/bench/measurement.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "app/storage/atomic_file.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

// JSON has no not-a-number; what is none is left out.
Values values_in(const Json& record) {
  Values values;
  const auto found = record.find("values");
  if (found == record.end() || !found->is_object()) return values;
  for (const auto& [name, value] : found->items()) {
    if (value.is_number()) values[name] = value.get<double>();
  }
  return values;
}

std::string text_in(const Json& record, const char* key) {
  const auto found = record.find(key);
  return found != record.end() && found->is_string() ? found->get<std::string>() : "";
}

Measurement measurement_in(const Json& record) {
  if (!record.is_object()) return {.missing = "nothing was written"};
  Measurement measurement{.cell = text_in(record, "cell"),
                          .settings = text_in(record, "settings"),
                          .round = record.value("round", 0),
                          .values = values_in(record),
                          .missing = text_in(record, "missing")};
  if (measurement.values.empty() && measurement.missing.empty()) {
    measurement.missing = "nothing was measured";
  }
  return measurement;
}

}  // namespace

std::string to_json_line(const Measurement& measurement) {
  const Json record{{"cell", measurement.cell},
                    {"round", measurement.round},
                    {"values", measurement.values},
                    {"missing", measurement.missing},
                    {"settings", measurement.settings}};
  return record.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<Measurement> read_measurements(const std::filesystem::path& file) {
  std::vector<Measurement> measurements;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    const Json record = Json::parse(line, nullptr, false);
    if (record.is_object()) measurements.push_back(measurement_in(record));
  }
  return measurements;
}

Measurement read_outcome(const std::filesystem::path& file) {
  std::ifstream text(file);
  return measurement_in(Json::parse(text, nullptr, false));
}

void write_outcome(const std::filesystem::path& file, const Values& values) {
  write_file_atomically(file, Json{{"values", values}}.dump() + "\n");
}

}  // namespace rondo
