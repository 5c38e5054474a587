#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/machine/memory.h"
#include "app/storage/model_summary.h"

namespace rondo {
namespace {

using Row = std::vector<std::string>;

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  std::array<char, 400> text{};  // the largest double has 309 digits
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

std::string bytes(int64_t count) { return readable_bytes(static_cast<uint64_t>(count)); }

// Rows of aligned columns, indented: the first column to the left, the others to the right.
std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    text += " ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - row[i].size(), ' ');
      text += " " + (i == 0 ? row[i] + padding : " " + padding + row[i]);
    }
    text += "\n";
  }
  return text;
}

std::string indented(const std::string& lines) {
  std::string text = "  ";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += lines[i];
    if (lines[i] == '\n' && i + 1 < lines.size()) text += "  ";
  }
  return text;
}

std::string parameters_text(const ModelSummary& summary) {
  std::vector<Row> rows;
  for (const PartSize& part : summary.parts) {
    rows.push_back({part.name, grouped_digits(part.numbers), bytes(part.bytes)});
  }
  rows.push_back({"total", grouped_digits(summary.total.numbers), bytes(summary.total.bytes)});
  return "parameters\n" + table(rows);
}

std::string tokenizers_text(const ModelSummary& summary) {
  if (summary.tokenizers.empty()) return "";
  std::vector<Row> rows;
  for (const TokenizerSummary& tokenizer : summary.tokenizers) {
    rows.push_back({tokenizer.side, tokenizer.type, grouped_digits(tokenizer.pieces) + " pieces",
                    bytes(tokenizer.bytes)});
  }
  return "tokenizer\n" + table(rows) + "\n";
}

// Of the validation that measured most.
const MetricValues& widest(const std::vector<ValidationSummary>& history) {
  return std::ranges::max_element(
             history, {}, [](const ValidationSummary& record) { return record.values.size(); })
      ->values;
}

std::string history_text(const ModelSummary& summary) {
  if (summary.history.empty()) return "";
  const MetricValues& columns = widest(summary.history);
  // Files of older versions alone hold times.
  const bool timed = std::ranges::any_of(summary.history, [](const ValidationSummary& record) {
    return std::isfinite(record.seconds);
  });
  std::vector<Row> rows{{"update", "epoch"}};
  if (timed) rows[0].emplace_back("minutes");
  for (const MetricValue& column : columns) rows[0].emplace_back(look_of(column.name).title);
  for (const ValidationSummary& record : summary.history) {
    rows.push_back({std::to_string(record.update), fixed(record.epoch, 2)});
    if (timed) rows.back().push_back(fixed(record.seconds / 60, 1));
    for (const MetricValue& column : columns) {
      rows.back().push_back(
          fixed(value_of(record.values, column.name), look_of(column.name).decimals));
    }
  }
  return "validations\n" + table(rows);
}

// JSON has no not-a-number.
nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

nlohmann::ordered_json part_json(const PartSize& part) {
  return {{"name", part.name}, {"parameters", part.numbers}, {"bytes", part.bytes}};
}

}  // namespace

std::string grouped_digits(int64_t number) {
  std::string text = std::to_string(number);
  const int64_t first = number < 0 ? 1 : 0;
  for (auto at = static_cast<int64_t>(text.size()) - 3; at > first; at -= 3) text.insert(at, ",");
  return text;
}

std::string to_text(const ModelSummary& summary) {
  std::string text = summary.path.string() + ": " + summary.task +
                     (summary.is_checkpoint ? " checkpoint '" : " model '") + summary.name + "', " +
                     bytes(summary.file_bytes) + ", format " + summary.format + "\n\n";
  text += tokenizers_text(summary) + parameters_text(summary) + "\n";
  if (summary.is_checkpoint) {
    text += "training state\n  " + bytes(summary.training_bytes) + "\n\n";
  }
  const std::string history = history_text(summary);
  if (!history.empty()) text += history + "\n";
  return text + "configuration\n" + indented(summary.config);
}

std::string to_json(const ModelSummary& summary) {
  using nlohmann::ordered_json;
  ordered_json parts = ordered_json::array(), tokenizers = parts, history = parts;
  for (const PartSize& part : summary.parts) parts.push_back(part_json(part));
  for (const TokenizerSummary& tokenizer : summary.tokenizers) {
    tokenizers.push_back({{"side", tokenizer.side},
                          {"type", tokenizer.type},
                          {"pieces", tokenizer.pieces},
                          {"bytes", tokenizer.bytes}});
  }
  for (const ValidationSummary& record : summary.history) {
    history.push_back({{"update", record.update},
                       {"epoch", number(record.epoch)},
                       {"seconds", number(record.seconds)}});
    for (const MetricValue& metric : record.values) {
      history.back()[metric.name] = number(metric.value);
    }
  }
  const ordered_json all{{"path", summary.path.string()},
                         {"name", summary.name},
                         {"task", summary.task},
                         {"format_version", summary.format},
                         {"checkpoint", summary.is_checkpoint},
                         {"bytes", summary.file_bytes},
                         {"training_state_bytes", summary.training_bytes},
                         {"tokenizers", tokenizers},
                         {"parameters", {{"parts", parts}, {"total", part_json(summary.total)}}},
                         {"validations", history},
                         {"config", summary.config}};
  return all.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace rondo
