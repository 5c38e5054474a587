#include "app/report/metrics_log.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/metrics/metric_record.h"
#include "app/storage/atomic_file.h"

namespace rondo {
namespace {

using nlohmann::ordered_json;

std::string to_line(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string text(const ordered_json& line, const char* key) {
  const auto found = line.find(key);
  return found != line.end() && found->is_string() ? found->get<std::string>() : "";
}

int64_t update_of(const ordered_json& line) {
  const double update = number_in(line, "update");
  return std::isfinite(update) && std::abs(update) < 9e15 ? static_cast<int64_t>(update) : 0;
}

TrainPoint train_point(const ordered_json& line) {
  return {.epoch = number_in(line, "epoch"),
          .update = update_of(line),
          .loss = number_in(line, "loss"),
          .ppl = number_in(line, "ppl"),
          .tokens_per_second = number_in(line, "tokens_per_second"),
          .grad_norm = number_in(line, "grad_norm"),
          .learning_rate = number_in(line, "learning_rate"),
          .seconds = number_in(line, "seconds")};
}

ValidPoint valid_point(const ordered_json& line) {
  ValidPoint point{.epoch = number_in(line, "epoch"),
                   .update = update_of(line),
                   .values = metrics_in(line),
                   .seconds = number_in(line, "seconds")};
  point.new_best = line.value("new_best", ordered_json(false)) == true;
  const auto samples = line.find("samples");
  if (samples == line.end() || !samples->is_array()) return point;
  for (const ordered_json& sample : *samples) {
    if (!sample.is_object()) continue;
    point.samples.push_back({.source = text(sample, "source"),
                             .reference = text(sample, "reference"),
                             .hypothesis = text(sample, "hypothesis")});
  }
  return point;
}

}  // namespace

std::string to_json_line(const TrainPoint& point) {
  return to_line({{"type", "train"},
                  {"epoch", point.epoch},
                  {"update", point.update},
                  {"loss", point.loss},
                  {"ppl", point.ppl},
                  {"tokens_per_second", point.tokens_per_second},
                  {"grad_norm", point.grad_norm},
                  {"learning_rate", point.learning_rate},
                  {"seconds", point.seconds}});
}

std::string to_json_line(const ValidPoint& point) {
  ordered_json samples = ordered_json::array();
  for (const ValidSample& sample : point.samples) {
    samples.push_back({{"source", sample.source},
                       {"reference", sample.reference},
                       {"hypothesis", sample.hypothesis}});
  }
  ordered_json line{{"type", "valid"}, {"epoch", point.epoch}, {"update", point.update}};
  for (const MetricValue& metric : point.values) line[metric.name] = metric.value;
  line["seconds"] = point.seconds;
  line["new_best"] = point.new_best;
  line["samples"] = std::move(samples);
  return to_line(line);
}

MetricsLog::MetricsLog(const std::filesystem::path& path, const RunHistory& start) {
  std::string lines;
  std::size_t valid = 0;  // merged in the order they were measured
  for (const TrainPoint& point : start.train) {
    for (; valid < start.valid.size() && start.valid[valid].update < point.update; ++valid) {
      lines += to_json_line(start.valid[valid]) + '\n';
    }
    lines += to_json_line(point) + '\n';
  }
  for (; valid < start.valid.size(); ++valid) lines += to_json_line(start.valid[valid]) + '\n';
  write_file_atomically(path, lines);
  file_.open(path, std::ios::app);
}

RunHistory read_metrics(const std::filesystem::path& path) {
  RunHistory history;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const ordered_json value = ordered_json::parse(line, nullptr, false);
    if (!value.is_object()) continue;
    const std::string type = text(value, "type");
    if (type == "train") history.train.push_back(train_point(value));
    if (type == "valid") history.valid.push_back(valid_point(value));
  }
  return history;
}

void forget_after(RunHistory& history, int64_t update) {
  const auto later = [&](const auto& point) { return point.update > update; };
  std::erase_if(history.train, later);
  std::erase_if(history.valid, later);
}

}  // namespace rondo
