// The lines of metrics.jsonl and timings.jsonl, as they are written.
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/report/metrics_log.h"
#include "app/report/verdict_name.h"

namespace rondo {
namespace {

using nlohmann::ordered_json;

std::string to_line(const ordered_json& value) {
  return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

// Three decimals are all that a picture shows.
ordered_json to_array(const std::vector<std::vector<float>>& attention) {
  ordered_json rows = ordered_json::array();
  for (const std::vector<float>& weights : attention) {
    rows.push_back(ordered_json::array());
    for (const float weight : weights) rows.back().push_back(std::round(weight * 1000.0) / 1000);
  }
  return rows;
}

ordered_json to_object(const ValidSample& sample) {
  ordered_json object{{"source", sample.source},
                      {"reference", sample.reference},
                      {"hypothesis", sample.hypothesis}};
  if (!sample.source_pieces.empty()) object["source_pieces"] = sample.source_pieces;
  if (!sample.target_pieces.empty()) object["target_pieces"] = sample.target_pieces;
  if (!sample.attention.empty()) object["attention"] = to_array(sample.attention);
  return object;
}

ordered_json to_object(const GradientAlongTime& along) {
  return {{"norms", along.norms}, {"reach", along.reach}, {"first_to_last", along.first_to_last}};
}

ordered_json to_object(const LayerHealth& layer) {
  return {{"name", layer.name},
          {"verdict", verdict_name(layer.verdict)},
          {"reason", layer.reason},
          {"advice", layer.advice},
          {"saturated", layer.saturated},
          {"spectral_radius", layer.spectral_radius},
          {"update_ratio", layer.update_ratio},
          {"total", to_object(layer.total)},
          {"carried", to_object(layer.carried)}};
}

}  // namespace

std::string to_json_line(const TrainPoint& point) {
  return to_line({{"type", "train"},
                  {"epoch", point.epoch},
                  {"update", point.update},
                  {"loss", point.loss},
                  {"ppl", point.ppl},
                  {"grad_norm", point.grad_norm},
                  {"learning_rate", point.learning_rate}});
}

std::string to_json_line(const ValidPoint& point) {
  ordered_json samples = ordered_json::array();
  for (const ValidSample& sample : point.samples) samples.push_back(to_object(sample));
  ordered_json line{{"type", "valid"}, {"epoch", point.epoch}, {"update", point.update}};
  for (const MetricValue& metric : point.values) line[metric.name] = metric.value;
  line["new_best"] = point.new_best;
  line["samples"] = std::move(samples);
  return to_line(line);
}

std::string to_json_line(const GradientHealth& health) {
  ordered_json layers = ordered_json::array();
  for (const LayerHealth& layer : health.layers) layers.push_back(to_object(layer));
  return to_line({{"type", "health"},
                  {"update", health.update},
                  {"sentences", health.sentences},
                  {"steps", health.steps},
                  {"gradient_norm", health.gradient_norm},
                  {"dead_embeddings", health.dead_embeddings},
                  {"dead_embeddings_of", health.dead_embeddings_of},
                  {"layers", std::move(layers)}});
}

std::string timing_line(const TrainPoint& point) {
  return to_line({{"type", "train"},
                  {"update", point.update},
                  {"seconds", point.seconds},
                  {"tokens_per_second", point.tokens_per_second}});
}

std::string timing_line(const ValidPoint& point) {
  return to_line({{"type", "valid"}, {"update", point.update}, {"seconds", point.seconds}});
}

}  // namespace rondo
