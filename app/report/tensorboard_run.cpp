#include "app/report/tensorboard_run.h"

#include <cmath>
#include <string_view>

#include "app/report/heat_map.h"
#include "app/report/sample_attention.h"
#include "app/report/word_difference.h"

namespace rondo {
namespace {

// A number that was not measured has no place on a curve.
void add_known(TensorboardWriter& writer, const std::string& tag, int64_t update, double value) {
  if (!std::isnan(value)) writer.add_scalar(tag, update, value);
}

// The characters that markdown and its tables read as more than text.
std::string markdown_text(const std::string& text) {
  constexpr std::string_view kSpecial = "\\`*_{}[]()>#+-.!|";
  std::string safe;
  for (const char c : text) {
    if (c == '<' || c == '&') {
      safe += c == '<' ? "&lt;" : "&amp;";
      continue;
    }
    if (kSpecial.find(c) != std::string_view::npos) safe += '\\';
    safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return safe;
}

std::string markdown_runs(const std::vector<WordRun>& runs, char open, char close) {
  std::string text;
  for (const WordRun& run : runs) {
    text += run.shared
                ? markdown_text(run.text)
                : "**\\" + std::string(1, open) + markdown_text(run.text) + "\\" + close + "**";
  }
  return text;
}

}  // namespace

void add_progress(TensorboardWriter& writer, const TrainPoint& point) {
  writer.add_scalar("train/loss", point.update, point.loss);
  add_known(writer, "train/ppl", point.update, point.ppl);
  writer.add_scalar("train/tokens_per_second", point.update, point.tokens_per_second);
  writer.add_scalar("train/gradient_norm", point.update, point.grad_norm);
  writer.add_scalar("train/learning_rate", point.update, point.learning_rate);
}

void add_validation(TensorboardWriter& writer, const ValidPoint& point) {
  for (const MetricValue& metric : point.values) {
    writer.add_scalar("valid/" + metric.name, point.update, metric.value);
  }
  for (std::size_t i = 0; i < point.samples.size(); ++i) {
    const ValidSample& sample = point.samples[i];
    const std::string number = std::to_string(i + 1);
    writer.add_text("samples/" + number, point.update, sample_markdown(sample));
    if (sample.attention.empty()) continue;
    writer.add_image("attention/" + number, point.update, to_image(attention_map(sample)));
  }
}

void add_health(TensorboardWriter& writer, const GradientHealth& health) {
  const int64_t update = health.update;
  add_known(writer, "health/gradient_norm", update, health.gradient_norm);
  add_known(writer, "health/dead_embeddings", update, health.dead_embeddings);
  for (const LayerHealth& layer : health.layers) {
    const auto add = [&](const std::string& kind, double value) {
      add_known(writer, kind + "/" + layer.name, update, value);
    };
    add("reach", static_cast<double>(layer.total.reach));
    add("carried_reach", static_cast<double>(layer.carried.reach));
    add("first_to_last", layer.total.first_to_last);
    add("saturated", layer.saturated);
    add("spectral_radius", layer.spectral_radius);
    add("update_ratio", layer.update_ratio);
  }
}

std::string sample_markdown(const ValidSample& sample) {
  const auto difference = word_difference(sample.reference, sample.hypothesis);
  return "| | |\n|---|---|\n| source | " + markdown_text(sample.source) + " |\n| reference | " +
         markdown_runs(difference.left, '[', ']') + " |\n| output | " +
         markdown_runs(difference.right, '{', '}') + " |\n";
}

}  // namespace rondo
