#include "app/report/metric_records.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/report/verdict_name.h"

namespace rondo {
namespace {

using nlohmann::ordered_json;

int64_t whole_in(const ordered_json& record, const char* key) {
  const double number = number_in(record, key);
  return std::isfinite(number) && std::abs(number) < 9e15 ? static_cast<int64_t>(number) : 0;
}

// An empty list where there is none.
const ordered_json& list_in(const ordered_json& record, const char* key) {
  static const ordered_json kNone = ordered_json::array();
  const auto found = record.find(key);
  return found != record.end() && found->is_array() ? *found : kNone;
}

double to_number(const ordered_json& value) {
  return value.is_number() ? value.get<double>() : std::nan("");
}

std::vector<std::string> texts_in(const ordered_json& record, const char* key) {
  std::vector<std::string> texts;
  for (const ordered_json& text : list_in(record, key)) {
    texts.push_back(text.is_string() ? text.get<std::string>() : "");
  }
  return texts;
}

ValidSample sample_of(const ordered_json& record) {
  ValidSample sample{.source = text_in(record, "source"),
                     .reference = text_in(record, "reference"),
                     .hypothesis = text_in(record, "hypothesis"),
                     .source_pieces = texts_in(record, "source_pieces"),
                     .target_pieces = texts_in(record, "target_pieces")};
  for (const ordered_json& row : list_in(record, "attention")) {
    sample.attention.emplace_back();
    if (!row.is_array()) continue;
    for (const ordered_json& weight : row) {
      sample.attention.back().push_back(static_cast<float>(to_number(weight)));
    }
  }
  return sample;
}

GradientAlongTime along_time(const ordered_json& layer, const char* key) {
  const auto found = layer.find(key);
  if (found == layer.end() || !found->is_object()) return {};
  GradientAlongTime along{.reach = whole_in(*found, "reach"),
                          .first_to_last = number_in(*found, "first_to_last")};
  for (const ordered_json& norm : list_in(*found, "norms")) along.norms.push_back(to_number(norm));
  return along;
}

LayerHealth layer_health(const ordered_json& record) {
  return {.name = text_in(record, "name"),
          .total = along_time(record, "total"),
          .carried = along_time(record, "carried"),
          .saturated = number_in(record, "saturated"),
          .spectral_radius = number_in(record, "spectral_radius"),
          .update_ratio = number_in(record, "update_ratio"),
          .verdict = verdict_named(text_in(record, "verdict")),
          .reason = text_in(record, "reason"),
          .advice = text_in(record, "advice")};
}

}  // namespace

std::string text_in(const ordered_json& record, const char* key) {
  const auto found = record.find(key);
  return found != record.end() && found->is_string() ? found->get<std::string>() : "";
}

int64_t update_in(const ordered_json& record) { return whole_in(record, "update"); }

TrainPoint train_point(const ordered_json& record) {
  return {.epoch = number_in(record, "epoch"),
          .update = update_in(record),
          .loss = number_in(record, "loss"),
          .ppl = number_in(record, "ppl"),
          .tokens_per_second = number_in(record, "tokens_per_second"),
          .grad_norm = number_in(record, "grad_norm"),
          .learning_rate = number_in(record, "learning_rate"),
          .seconds = number_in(record, "seconds")};
}

ValidPoint valid_point(const ordered_json& record) {
  ValidPoint point{.epoch = number_in(record, "epoch"),
                   .update = update_in(record),
                   .values = metrics_in(record),
                   .seconds = number_in(record, "seconds")};
  const auto new_best = record.find("new_best");
  point.new_best = new_best != record.end() && *new_best == true;
  for (const ordered_json& sample : list_in(record, "samples")) {
    if (sample.is_object()) point.samples.push_back(sample_of(sample));
  }
  return point;
}

GradientHealth gradient_health(const ordered_json& record) {
  GradientHealth health{.update = update_in(record),
                        .sentences = whole_in(record, "sentences"),
                        .steps = whole_in(record, "steps"),
                        .gradient_norm = number_in(record, "gradient_norm"),
                        .dead_embeddings = number_in(record, "dead_embeddings"),
                        .dead_embeddings_of = text_in(record, "dead_embeddings_of")};
  for (const ordered_json& layer : list_in(record, "layers")) {
    if (layer.is_object()) health.layers.push_back(layer_health(layer));
  }
  return health;
}

}  // namespace rondo
