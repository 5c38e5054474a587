#include "app/storage/run_result.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/errors.h"
#include "app/storage/atomic_file.h"
#include "app/storage/run_folder.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

Json to_object(const MetricValues& values) {
  Json object = Json::object();
  for (const MetricValue& metric : values) object[metric.name] = metric.value;
  return object;
}

// JSON knows no not-a-number; null stands for it.
double number(const Json& value) { return value.is_null() ? std::nan("") : value.get<double>(); }

MetricValues metric_values(const Json& object) {
  MetricValues values;
  for (const auto& [name, value] : object.items()) values.push_back({name, number(value)});
  return values;
}

RunResult parsed(const std::string& text) {
  const Json value = Json::parse(text);
  return {.complete = value.at("complete").get<bool>(),
          .ended = value.at("ended").get<std::string>(),
          .metric = value.at("metric").get<std::string>(),
          .best = number(value.at("best")),
          .best_values = metric_values(value.at("best_values")),
          .last_values = metric_values(value.at("last_values")),
          .best_update = value.at("best_update").get<int64_t>(),
          .updates = value.at("updates").get<int64_t>(),
          .epochs = number(value.at("epochs")),
          .seconds = number(value.at("seconds")),
          .tokens_per_second = number(value.at("tokens_per_second")),
          .parameters = value.at("parameters").get<int64_t>(),
          .peak_resident_bytes = value.at("peak_resident_bytes").get<uint64_t>(),
          .reach = number(value.at("reach")),
          .carried_reach = number(value.at("carried_reach")),
          .verdict = value.at("verdict").get<std::string>()};
}

}  // namespace

std::string to_json(const RunResult& result) {
  return Json{{"complete", result.complete},
              {"ended", result.ended},
              {"metric", result.metric},
              {"best", result.best},
              {"best_values", to_object(result.best_values)},
              {"last_values", to_object(result.last_values)},
              {"best_update", result.best_update},
              {"updates", result.updates},
              {"epochs", result.epochs},
              {"seconds", result.seconds},
              {"tokens_per_second", result.tokens_per_second},
              {"parameters", result.parameters},
              {"peak_resident_bytes", result.peak_resident_bytes},
              {"reach", result.reach},
              {"carried_reach", result.carried_reach},
              {"verdict", result.verdict}}
      .dump(2, ' ', false, Json::error_handler_t::replace);
}

std::optional<RunResult> read_run_result(const std::filesystem::path& run_folder) {
  const auto path = RunFolder{run_folder}.result();
  if (!std::filesystem::exists(path)) return std::nullopt;
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  try {
    return parsed(text.str());
  } catch (const Json::exception& error) {
    throw DataError(path.string() + ": not the result of a run (" + error.what() +
                    "); delete it, and rondo train CONFIG --resume writes it anew");
  }
}

void write_run_result(const std::filesystem::path& run_folder, const RunResult& result) {
  write_file_atomically(RunFolder{run_folder}.result(), to_json(result) + "\n");
}

}  // namespace rondo
