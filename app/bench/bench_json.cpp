#include <cmath>
#include <nlohmann/json.hpp>

#include "app/bench/bench_report.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

// JSON has no not-a-number.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json to_object(const Middle& middle) {
  return {{"median", number(middle.median)},
          {"low", number(middle.low)},
          {"high", number(middle.high)}};
}

Json to_object(const Cell& cell, const Summary& summary) {
  Json values = Json::object();
  for (const std::string& name : summary.value_names(cell.name())) {
    values[name] = to_object(summary.value(cell.name(), name));
  }
  return {{"section", cell.section},
          {"row", cell.row},
          {"system", cell.system},
          {"variant", cell.variant},
          {"rounds", summary.rounds(cell.name())},
          {"missing", summary.missing(cell.name())},
          {"values", values},
          {"settings", Json::parse(to_json(cell.settings))}};
}

Json to_object(const Judgement& judgement) {
  return {{"what", judgement.goal.what},
          {"goal", judgement.goal.at_least},
          {"reached", to_object(judgement.reached)},
          {"verdict", name_of(judgement.verdict)}};
}

}  // namespace

std::string bench_json(std::span<const Cell> cells, const Summary& summary,
                       std::span<const Judgement> goals,
                       const std::map<std::string, std::string>& machine) {
  Json report{{"machine", machine}, {"cells", Json::array()}, {"goals", Json::array()}};
  for (const Cell& cell : cells) {
    if (summary.has(cell.name())) report["cells"].push_back(to_object(cell, summary));
  }
  for (const Judgement& judgement : goals) report["goals"].push_back(to_object(judgement));
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace rondo
