#include "app/metrics/report.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/metrics/unicode_text.h"

namespace rondo {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kSignificant = 0.05;

std::string fixed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string interval(const Confidence& confidence, int decimals) {
  return "(μ = " + fixed(confidence.mean, decimals) + " ± " +
         fixed(confidence.half_width, decimals) + ")";
}

std::string score_line(const MetricResult& result, int decimals) {
  std::string line = result.name + "|" + result.signature + " = " + fixed(result.score, decimals);
  if (result.confidence) line += " " + interval(*result.confidence, decimals);
  if (!result.details.empty()) line += " " + result.details;
  return line + "\n";
}

std::string table_cell(const MetricResult& result, int decimals) {
  std::string cell = fixed(result.score, decimals);
  if (result.confidence) cell += " " + interval(*result.confidence, decimals);
  if (result.p_value) {
    cell +=
        " (p = " + fixed(*result.p_value, 4) + ")" + (*result.p_value < kSignificant ? "*" : "");
  }
  return cell;
}

// Columns as wide as their widest cell, in code points.
std::string aligned(const std::vector<std::vector<std::string>>& rows) {
  const auto width = [](const std::string& cell) { return decode_utf8(cell).size(); };
  std::string text;
  for (const auto& row : rows) {
    for (size_t column = 0; column < row.size(); ++column) {
      size_t widest = 0;
      for (const auto& other : rows) widest = std::max(widest, width(other[column]));
      text += row[column];
      const bool last = column + 1 == row.size();
      text += last ? "\n" : std::string(widest - width(row[column]) + 2, ' ');
    }
  }
  return text;
}

std::string comparison_table(std::span<const SystemResult> systems, int decimals) {
  std::vector<std::vector<std::string>> rows{{"System"}};
  for (const auto& metric : systems.front().metrics) rows.front().push_back(metric.name);
  for (const auto& system : systems) {
    const bool baseline = rows.size() == 1;
    rows.push_back({(baseline ? "Baseline: " : "") + system.system});
    for (const auto& metric : system.metrics) rows.back().push_back(table_cell(metric, decimals));
  }
  return aligned(rows);
}

Json to_json(const MetricResult& result) {
  Json json{{"name", result.name}, {"score", result.score}};
  for (const auto& [name, value] : result.parts) json[name] = value;
  if (result.confidence) {
    json["confidence_mean"] = result.confidence->mean;
    json["confidence_half_width"] = result.confidence->half_width;
  }
  if (result.p_value) json["p_value"] = *result.p_value;
  json["signature"] = result.signature;
  return json;
}

// File names may hold any bytes; JSON may not.
std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string text_report(std::span<const SystemResult> systems, int decimals) {
  std::string text;
  if (systems.size() == 1) {
    for (const auto& metric : systems.front().metrics) text += score_line(metric, decimals);
    return text;
  }
  text = comparison_table(systems, decimals);
  if (systems.front().metrics.front().confidence) {
    text +=
        "\nμ and the interval: mean and 95% interval of the resampled scores. p: how likely a\n"
        "difference from the baseline as large as the one seen is by chance; * marks p < 0.05.\n";
  }
  text += "\n";
  for (const auto& metric : systems.front().metrics) {
    text += metric.name + "|" + metric.signature + "\n";
  }
  return text;
}

std::string json_report(std::span<const SystemResult> systems) {
  Json list = Json::array();
  for (const auto& system : systems) {
    Json metrics = Json::array();
    for (const auto& metric : system.metrics) metrics.push_back(to_json(metric));
    list.push_back({{"system", system.system}, {"metrics", std::move(metrics)}});
  }
  return dumped({{"systems", std::move(list)}}, 2);
}

std::string sentence_text(const std::vector<std::vector<double>>& scores, int decimals) {
  std::string text;
  for (const auto& line : scores) {
    for (size_t m = 0; m < line.size(); ++m) {
      text += (m > 0 ? "\t" : "") + fixed(line[m], decimals);
    }
    text += "\n";
  }
  return text;
}

std::string sentence_json(const std::vector<std::vector<double>>& scores, const Metrics& metrics) {
  std::string text;
  for (size_t i = 0; i < scores.size(); ++i) {
    Json json{{"line", i + 1}};
    for (size_t m = 0; m < metrics.size(); ++m) json[metrics[m]->name()] = scores[i][m];
    text += dumped(json, -1);
  }
  return text;
}

}  // namespace rondo
