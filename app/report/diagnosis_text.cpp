#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "app/metrics/text_table.h"
#include "app/report/diagnosis.h"
#include "app/report/verdict_name.h"

namespace rondo {
namespace {

constexpr size_t kColumns = 60;

std::string short_text(double value) {
  if (std::isnan(value)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  return text;
}

std::string percent(double share, int decimals) {
  return std::isnan(share) ? "-" : fixed_digits(100 * share, decimals) + "%";
}

std::vector<std::string> row_of(const LayerHealth& layer) {
  return {layer.name,
          std::to_string(layer.total.norms.size()),
          std::to_string(layer.total.reach),
          std::to_string(layer.carried.reach),
          short_text(layer.total.first_to_last),
          percent(layer.saturated, 0),
          fixed_digits(layer.spectral_radius, 2),
          percent(layer.update_ratio, 2),
          std::string(verdict_name(layer.verdict))};
}

std::string table_of(const GradientHealth& health) {
  TextRows rows{{"layer", "steps", "reach", "by itself", "first/last", "saturated", "radius",
                 "update", "verdict"}};
  for (const LayerHealth& layer : health.layers) rows.push_back(row_of(layer));
  return text_table(rows) +
         "reach: steps back until the gradient is 1% of the last step's; by itself: what the "
         "recurrence\nalone carries back from the last step; radius: spectral, of the recurrent "
         "matrices;\nupdate: of the weights' norm, usually about 0.1%\n";
}

std::string curves_of(const GradientHealth& health) {
  size_t width = 0;
  for (const LayerHealth& layer : health.layers) width = std::max(width, layer.name.size());
  const auto line = [&](const std::string& name, const GradientAlongTime& along) {
    return name + std::string(width + 2 - name.size(), ' ') +
           bars_along_time(along.norms, kColumns);
  };
  std::string text = "\ngradient norms, first step to last; one bar higher is 3.2 times as much\n";
  for (const LayerHealth& layer : health.layers) {
    text += line(layer.name, layer.total) + "\n" + line("", layer.carried) + "  by itself\n";
  }
  return text;
}

std::string findings_of(const GradientHealth& health) {
  std::string text = "\n";
  for (const LayerHealth& layer : health.layers) {
    text +=
        layer.name + ": " + std::string(verdict_name(layer.verdict)) + "; " + layer.reason + "\n";
    if (!layer.advice.empty()) text += "  try " + layer.advice + "\n";
  }
  if (!std::isnan(health.dead_embeddings)) {
    text += "embeddings: " + percent(health.dead_embeddings, 1) + " of rows " +
            health.dead_embeddings_of + "\n";
  }
  return text;
}

}  // namespace

std::string bars_along_time(const std::vector<double>& norms, size_t columns) {
  constexpr std::array<const char*, 8> kBars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  double greatest = 0;
  for (const double norm : norms) {
    if (std::isfinite(norm)) greatest = std::max(greatest, norm);
  }
  const size_t drawn = std::min(columns, norms.size());
  std::string bars;
  for (size_t column = drawn; column > 0; --column) {
    const auto begin = norms.begin() + static_cast<int64_t>((column - 1) * norms.size() / drawn);
    const auto end = norms.begin() + static_cast<int64_t>(column * norms.size() / drawn);
    const double norm = *std::max_element(begin, end);
    if (!std::isfinite(norm)) {
      bars += "!";
    } else if (norm <= 0) {
      bars += "·";
    } else {
      const double below = 2 * std::log10(greatest / norm);  // half powers of ten
      bars += kBars[static_cast<size_t>(std::max(0.0, 7 - std::floor(below)))];
    }
  }
  return bars;
}

std::string to_text(const Diagnosis& diagnosis) {
  const GradientHealth& health = diagnosis.health;
  std::string text = diagnosis.subject + "\n" + std::to_string(health.sentences) +
                     " sentences of " + diagnosis.text + ", " + std::to_string(health.steps) +
                     " steps at most; gradient norm " + short_text(health.gradient_norm) + "\n\n";
  if (health.layers.empty()) return text + "the network has no recurrent layer to look at\n";
  return text + table_of(health) + curves_of(health) + findings_of(health);
}

}  // namespace rondo
