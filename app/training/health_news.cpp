#include "app/training/health_news.h"

#include <algorithm>

#include "app/report/verdict_name.h"

namespace rondo {
namespace {

double share_reached(const LayerHealth& layer) {
  const auto steps = static_cast<double>(layer.total.norms.size());
  return steps > 0 ? static_cast<double>(layer.total.reach) / steps : 0;
}

std::string line_of(const LayerHealth& layer) {
  if (layer.verdict == Verdict::healthy) {
    return "gradients of " + layer.name + " are healthy again: " + layer.reason;
  }
  const std::string advice = layer.advice.empty() ? "" : "; try " + layer.advice;
  return std::string(verdict_name(layer.verdict)) + " gradient in " + layer.name + ": " +
         layer.reason + advice;
}

}  // namespace

std::string reach_line(const GradientHealth& health) {
  if (health.layers.empty()) return "gradients: the network has no recurrent layer to look at";
  const auto least = std::min_element(
      health.layers.begin(), health.layers.end(),
      [](const auto& a, const auto& b) { return share_reached(a) < share_reached(b); });
  const size_t layers = health.layers.size();
  return "gradients reach " + std::to_string(least->total.reach) + " of " +
         std::to_string(least->total.norms.size()) + " steps in " + least->name +
         (layers > 1 ? ", the least of " + std::to_string(layers) + " layers" : "");
}

std::vector<std::string> HealthNews::tell(const GradientHealth& health) {
  std::vector<std::string> lines;
  if (!begun_) lines.push_back(reach_line(health));
  begun_ = true;
  for (const LayerHealth& layer : health.layers) {
    const auto before = told_.try_emplace(layer.name, Verdict::healthy).first;
    if (before->second != layer.verdict) lines.push_back(line_of(layer));
    before->second = layer.verdict;
  }
  return lines;
}

}  // namespace rondo
