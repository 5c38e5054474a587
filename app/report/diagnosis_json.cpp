#include <nlohmann/json.hpp>

#include "app/report/diagnosis.h"
#include "app/report/verdict_name.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;  // which writes null for not-a-number

Json to_object(const GradientAlongTime& along) {
  return {{"reach", along.reach}, {"first_to_last", along.first_to_last}, {"norms", along.norms}};
}

Json to_object(const LayerHealth& layer) {
  return {{"name", layer.name},
          {"steps", layer.total.norms.size()},
          {"total", to_object(layer.total)},
          {"carried", to_object(layer.carried)},
          {"saturated", layer.saturated},
          {"spectral_radius", layer.spectral_radius},
          {"update_ratio", layer.update_ratio},
          {"verdict", verdict_name(layer.verdict)},
          {"reason", layer.reason},
          {"advice", layer.advice}};
}

}  // namespace

std::string to_json(const Diagnosis& diagnosis) {
  const GradientHealth& health = diagnosis.health;
  Json layers = Json::array();
  for (const LayerHealth& layer : health.layers) layers.push_back(to_object(layer));
  return Json{{"subject", diagnosis.subject},
              {"text", diagnosis.text},
              {"update", health.update},
              {"sentences", health.sentences},
              {"steps", health.steps},
              {"gradient_norm", health.gradient_norm},
              {"dead_embeddings", health.dead_embeddings},
              {"dead_embeddings_of", health.dead_embeddings_of},
              {"layers", std::move(layers)}}
      .dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace rondo
