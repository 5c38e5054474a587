#include <cmath>
#include <map>

#include "app/report/axis.h"
#include "app/report/chart.h"
#include "app/report/page.h"
#include "app/report/report_sections.h"

namespace rondo {
namespace {

// "encoder" of "encoder.forward_0".
std::string group_of(const std::string& layer) {
  const auto dot = layer.rfind('.');
  return dot == std::string::npos ? "network" : layer.substr(0, dot);
}

std::string own_name(const std::string& layer) {
  const auto dot = layer.rfind('.');
  return dot == std::string::npos ? layer : layer.substr(dot + 1);
}

Series along_time(const LayerHealth& layer, GradientAlongTime LayerHealth::*gradient) {
  Series series{.label = own_name(layer.name)};
  const auto& norms = (layer.*gradient).norms;
  for (std::size_t back = 0; back < norms.size(); ++back) {
    series.points.push_back({static_cast<double>(back), norms[back]});
  }
  return series;
}

Chart time_chart(const std::string& group, const std::string& ways) {
  return {.title = "Gradient through time: " + group + ", " + ways,
          .x_label = "steps back from the last one a layer takes",
          .y_label = "norm",
          .scale = Scale::logarithmic};
}

// Two charts a group of layers, groups in the order in which they come.
std::vector<std::string> time_charts(const GradientHealth& health) {
  std::vector<std::string> groups;
  std::map<std::string, std::pair<Chart, Chart>> charts;
  for (const LayerHealth& layer : health.layers) {
    const std::string group = group_of(layer.name);
    if (!charts.contains(group)) {
      groups.push_back(group);
      charts[group] = {time_chart(group, "by every way"),
                       time_chart(group, "by the recurrence alone")};
    }
    auto& [total, carried] = charts[group];
    total.series.push_back(along_time(layer, &LayerHealth::total));
    carried.series.push_back(along_time(layer, &LayerHealth::carried));
  }
  std::vector<std::string> drawings;
  for (const auto& group : groups) {
    drawings.push_back(to_svg(charts[group].first));
    drawings.push_back(to_svg(charts[group].second));
  }
  return drawings;
}

// How far back each layer learnt at each diagnosis.
Chart reach_chart(const std::vector<GradientHealth>& health,
                  GradientAlongTime LayerHealth::*gradient, const std::string& title) {
  Chart chart{.title = title, .x_label = "updates", .y_label = "steps", .from_zero = true};
  for (const LayerHealth& shown : health.back().layers) {
    Series series{.label = shown.name, .markers = true};
    for (const GradientHealth& one : health) {
      for (const LayerHealth& layer : one.layers) {
        if (layer.name != shown.name) continue;
        const auto reach = static_cast<double>((layer.*gradient).reach);
        series.points.push_back({static_cast<double>(one.update), reach});
      }
    }
    chart.series.push_back(std::move(series));
  }
  return chart;
}

// A sign and a word, so that it can be told without colour.
std::string verdict(const LayerHealth& layer) {
  switch (layer.verdict) {
    case Verdict::vanishing:
      return element("b", "\u2193 vanishing");
    case Verdict::exploding:
      return element("b", "\u2191 exploding");
    case Verdict::healthy:
      break;
  }
  return "\u2713 healthy";
}

std::string reach(const GradientAlongTime& gradient) {
  if (gradient.norms.empty()) return "-";
  const bool whole = gradient.reach >= static_cast<int64_t>(gradient.norms.size());
  return (whole ? "all " : "") + std::to_string(gradient.reach);
}

std::string layer_table(const GradientHealth& health) {
  PageTable table{.heads = {"layer", "verdict", "reach", "carried", "first / last", "saturated",
                            "spectral radius", "update / weights"}};
  for (const LayerHealth& layer : health.layers) {
    table.rows.push_back({escaped(layer.name), verdict(layer), reach(layer.total),
                          reach(layer.carried), short_number(layer.total.first_to_last),
                          fixed_number(100 * layer.saturated, 1) + "%",
                          shown_number(layer.spectral_radius, 3),
                          std::isnan(layer.update_ratio) ? "-" : short_number(layer.update_ratio)});
  }
  return to_html(table);
}

std::string reason(const LayerHealth& layer) {
  if (layer.reason.empty()) return "";
  const std::string advice = layer.advice.empty() ? "" : remark("Try " + layer.advice + ".");
  return element(
      "div class=\"one\"",
      element("p", element("b", escaped(layer.name)) + " " + escaped(layer.reason)) + advice);
}

// Why each verdict was given; of the healthy layers only for who asks.
std::string reasons(const GradientHealth& health) {
  std::string sick, healthy;
  for (const LayerHealth& layer : health.layers) {
    (layer.verdict == Verdict::healthy ? healthy : sick) += reason(layer);
  }
  if (healthy.empty()) return sick;
  return sick +
         unfolding(sick.empty() ? "why all are healthy" : "why the others are healthy", healthy);
}

std::string introduction(const GradientHealth& health) {
  std::string text = "At update " + std::to_string(health.update) + ", from " +
                     std::to_string(health.sentences) + " sentences of up to " +
                     std::to_string(health.steps) + " steps; gradient norm " +
                     short_number(health.gradient_norm) + ".";
  if (!std::isnan(health.dead_embeddings)) {
    text += " Embedding rows " + health.dead_embeddings_of + ": " +
            fixed_number(100 * health.dead_embeddings, 1) + "%.";
  }
  return remark(text) +
         remark(
             "Reach: how many steps back the gradient stays above 1% of what it is at the end. "
             "Carried: the same for what the recurrence alone brings from the last step.");
}

}  // namespace

std::string health_section(const std::vector<GradientHealth>& health) {
  if (health.empty()) return "";
  const GradientHealth& last = health.back();
  std::vector<std::string> drawings = time_charts(last);
  if (health.size() > 1) {
    drawings.push_back(to_svg(reach_chart(health, &LayerHealth::total, "Reach, by every way")));
    drawings.push_back(
        to_svg(reach_chart(health, &LayerHealth::carried, "Reach, by the recurrence alone")));
  }
  return section("Learning through time",
                 introduction(last) + layer_table(last) + reasons(last) + gallery(drawings));
}

}  // namespace rondo
