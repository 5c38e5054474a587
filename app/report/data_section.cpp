#include <algorithm>

#include "app/report/axis.h"
#include "app/report/bar_chart.h"
#include "app/report/page.h"
#include "app/report/report_sections.h"

namespace rondo {
namespace {

double share(int64_t part, int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<std::string> row_of(const TextStatistics& text, const std::string& use) {
  const auto longest = static_cast<int64_t>(text.lengths.size()) - 1;
  return {escaped(use + ", " + text.name),
          std::to_string(text.sentences),
          std::to_string(text.pieces),
          fixed_number(share(text.pieces, text.sentences), 1),
          std::to_string(std::max<int64_t>(longest, 0)),
          std::to_string(text.unknown_pieces),
          fixed_number(100 * share(text.unknown_pieces, text.pieces), 2) + "%"};
}

std::string text_table(const DatasetStatistics& statistics) {
  PageTable table{.heads = {"text", "sentences", "pieces", "mean length", "longest",
                            "unknown pieces", "share"}};
  for (const auto& text : statistics.training) table.rows.push_back(row_of(text, "training"));
  for (const auto& text : statistics.development) table.rows.push_back(row_of(text, "development"));
  return table.rows.empty() ? "" : to_html(table);
}

std::string dropped(const DatasetStatistics& statistics) {
  if (statistics.lines_read == 0) return "";
  std::string text = std::to_string(statistics.lines_read) + " training lines read; ";
  if (statistics.dropped.empty()) return remark(text + "none dropped.");
  text += "dropped: ";
  for (std::size_t i = 0; i < statistics.dropped.size(); ++i) {
    text += (i == 0 ? "" : ", ") + statistics.dropped[i];
  }
  return remark(text + ".");
}

std::string length_chart(const TextStatistics& text, const std::string& use) {
  ColumnChart chart = columns_of(text.lengths);
  chart.title = "Lengths: " + use + ", " + text.name;
  chart.x_label = "pieces";
  chart.y_label = "sentences";
  return to_svg(chart);
}

std::string label_chart(const DatasetStatistics& statistics) {
  BarChart chart{.title = "Training examples of each label"};
  for (std::size_t i = 0; i < statistics.labels.size() && i < statistics.label_counts.size(); ++i) {
    chart.bars.push_back({.label = statistics.labels[i],
                          .value = static_cast<double>(statistics.label_counts[i]),
                          .shown = std::to_string(statistics.label_counts[i])});
  }
  return to_svg(chart);
}

}  // namespace

std::string data_section(const DatasetStatistics& statistics) {
  std::vector<std::string> drawings;
  for (const auto& text : statistics.training) {
    if (!text.lengths.empty()) drawings.push_back(length_chart(text, "training"));
  }
  for (const auto& text : statistics.development) {
    if (!text.lengths.empty()) drawings.push_back(length_chart(text, "development"));
  }
  if (!statistics.labels.empty()) drawings.push_back(label_chart(statistics));
  std::string content = dropped(statistics) + text_table(statistics);
  if (!drawings.empty()) content += gallery(drawings);
  return section("Data", content);
}

}  // namespace rondo
