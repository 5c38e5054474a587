#include <cmath>
#include <cstdio>

#include "app/bench/bench_report.h"
#include "app/machine/memory.h"
#include "app/metrics/text_table.h"

namespace rondo {
namespace {

std::string number(double value, const char* format) {
  if (!std::isfinite(value)) return "";
  char text[32];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

struct Column {
  const char* head;
  const char* value;
  const char* format;
  double scale = 1;
};

constexpr Column kColumns[] = {
    {"lines/s", "lines_per_second", "%.5g"},
    {"loss", "loss", "%.3f"},
    {"updates", "updates", "%.0f"},
    {"share", "share", "%.0f%%", 100},
    {"BLEU", "bleu", "%.1f"},
    {"p50 ms", "p50_ms", "%.1f"},
    {"p99 ms", "p99_ms", "%.1f"},
    {"load s", "load_seconds", "%.2f"},
    {"accuracy", "accuracy", "%.1f"},
};

std::vector<std::string> heads() {
  std::vector<std::string> all{"", "median", "low", "high", "rounds", "ratio"};
  for (const Column& column : kColumns) all.emplace_back(column.head);
  all.emplace_back("memory");
  return all;
}

std::vector<std::string> cells_of(const Cell& cell, const Cell& first, const Summary& summary) {
  const std::string name = cell.name();
  const std::string missing = summary.missing(name);
  if (!missing.empty()) return {"  " + cell.label(), "no result"};
  const Middle rate = summary.value(name, quoted_value(cell));
  std::vector<std::string> row{
      "  " + cell.label(),
      number(rate.median, "%.5g"),
      number(rate.low, "%.5g"),
      number(rate.high, "%.5g"),
      std::to_string(summary.rounds(name)),
      number(summary.ratio(name, {first.name()}, quoted_value(cell)).median, "%.2f")};
  for (const Column& column : kColumns) {
    row.push_back(number(column.scale * summary.value(name, column.value).median, column.format));
  }
  const double peak = summary.value(name, "peak_bytes").high;
  row.push_back(std::isfinite(peak) ? readable_bytes(static_cast<uint64_t>(peak)) : "");
  return row;
}

// Columns that say nothing anywhere in the section are left out.
TextRows without_empty_columns(const TextRows& rows) {
  TextRows kept(rows.size());
  for (size_t column = 0; column < rows.front().size(); ++column) {
    bool says = column == 0;
    for (size_t i = 1; i < rows.size(); ++i) {
      says = says || (column < rows[i].size() && !rows[i][column].empty());
    }
    for (size_t i = 0; says && i < rows.size(); ++i) {
      kept[i].push_back(column < rows[i].size() ? rows[i][column] : "");
    }
  }
  return kept;
}

std::string section_text(const std::string& name, const TextRows& rows) {
  return rows.size() < 2 ? "" : name + "\n" + text_table(without_empty_columns(rows)) + "\n";
}

}  // namespace

const char* quoted_value(const Cell& cell) {
  const std::string& kind = cell.settings.kind;
  if (kind == "racing") return "seconds";
  if (kind == "starting") return "process_seconds";
  if (kind == "classifying" || kind == "tokenizing" || kind == "reading") {
    return "lines_per_second";
  }
  return "tokens_per_second";
}

const char* quoted_unit(const Cell& cell) {
  const std::string value = quoted_value(cell);
  if (value == "tokens_per_second") return "target tokens/s";
  return value == "lines_per_second" ? "lines/s" : "seconds";
}

std::string bench_table(std::span<const Cell> cells, const Summary& summary) {
  std::string text, missing, section, row;
  TextRows rows{heads()};
  const Cell* first = nullptr;  // of the row
  const auto close_section = [&] {
    if (first != nullptr) text += section_text(section + ", " + quoted_unit(*first), rows);
    rows = {heads()};
  };
  for (const Cell& cell : cells) {
    if (cell.section != section) close_section();
    const bool same_row = first != nullptr && first->row == cell.row && section == cell.section;
    section = cell.section;
    if (!same_row) first = &cell;
    if (!summary.has(cell.name())) continue;
    if (rows.size() == 1 || row != cell.row) rows.push_back({cell.row});
    row = cell.row;
    rows.push_back(cells_of(cell, *first, summary));
    const std::string why = summary.missing(cell.name());
    if (!why.empty()) missing += cell.name() + ": " + why + "\n";
  }
  close_section();
  return text + missing;
}

}  // namespace rondo
