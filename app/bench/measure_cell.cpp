#include "app/bench/measure_cell.h"

#include "app/errors.h"
#include "app/machine/memory.h"

namespace rondo {
namespace {

using Measure = Values (*)(const CellSettings&);

const std::map<std::string, Measure>& kinds() {
  static const std::map<std::string, Measure> all{
      {"training", measure_training},       {"learning", measure_training},
      {"synthetic", measure_synthetic},     {"racing", measure_race},
      {"translating", measure_translating}, {"starting", measure_translating},
      {"classifying", measure_classifying}, {"tokenizing", measure_tokenizing},
      {"reading", measure_reading}};
  return all;
}

}  // namespace

Values measure_cell(const CellSettings& settings) {
  const auto kind = kinds().find(settings.kind);
  if (kind == kinds().end()) throw ConfigError("bench: there is no kind " + settings.kind);
  Values values = kind->second(settings);
  values["peak_bytes"] = static_cast<double>(peak_resident_bytes());
  return values;
}

}  // namespace rondo
