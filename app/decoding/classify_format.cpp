#include "app/decoding/classify_format.h"

#include <algorithm>
#include <numeric>

#include "app/data/csv.h"
#include "app/decoding/classify_json.h"
#include "app/report/axis.h"

namespace rondo {
namespace {

using Columns = std::vector<std::string>;

std::string number(double value) { return fixed_number(value, 6); }

std::string label_and_probability(int64_t label, const Scored& scored, const AnswerFormat& format,
                                  size_t column) {
  const auto index = static_cast<size_t>(label);
  return column == 0 ? format.labels[index] : number(scored.probabilities[index]);
}

Columns column_names(const AnswerFormat& format) {
  if (format.targets == TargetType::value) return {"value"};
  Columns names{"label", "probability"};
  const auto shown = std::min(format.top_k, static_cast<int64_t>(format.labels.size()));
  for (int64_t rank = 2; rank <= shown; ++rank) {
    names.push_back("label_" + std::to_string(rank));
    names.push_back("probability_" + std::to_string(rank));
  }
  if (!format.all) return names;
  for (const auto& label : format.labels) names.push_back("probability_" + label);
  return names;
}

// The decided labels and their probabilities, as two columns.
Columns decided_columns(const Scored& scored, const AnswerFormat& format) {
  Columns columns(2);
  for (const int64_t label : scored.decided) {
    for (size_t column = 0; column < columns.size(); ++column) {
      if (label != scored.decided.front()) columns[column] += format.label_separator;
      columns[column] += label_and_probability(label, scored, format, column);
    }
  }
  return columns;
}

Columns top_columns(const Scored& scored, const AnswerFormat& format) {
  Columns columns;
  for (const int64_t label : top_labels(scored, format.top_k)) {
    columns.push_back(label_and_probability(label, scored, format, 0));
    columns.push_back(label_and_probability(label, scored, format, 1));
  }
  return columns;
}

Columns column_values(const Scored& scored, const AnswerFormat& format) {
  if (format.targets == TargetType::value) return {number(scored.probabilities.front())};
  Columns columns =
      format.top_k > 0 ? top_columns(scored, format) : decided_columns(scored, format);
  if (!format.all) return columns;
  for (const float probability : scored.probabilities) columns.push_back(number(probability));
  return columns;
}

// A label must not break the columns.
std::string tab_field(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

// One line: the answer's columns, behind `before` where they are kept together.
std::string joined(const std::string& before, const Columns& columns, const AnswerFormat& format) {
  const bool kept = format.form == AnswerForm::kept;
  const bool commas = kept && format.input == RecordFormat::csv;
  std::string line = kept ? before : "";
  for (size_t i = 0; i < columns.size(); ++i) {
    if (kept || i > 0) line += commas ? ',' : '\t';
    line += commas ? csv_field(columns[i]) : tab_field(columns[i]);
  }
  return line + '\n';
}

Columns names_in_header(const std::string& header, RecordFormat format) {
  Columns names;
  std::string error;
  if (format == RecordFormat::csv) {
    split_csv(header, names, error);
    return names;
  }
  for (size_t begin = 0; begin <= header.size();) {
    const size_t end = std::min(header.find('\t', begin), header.size());
    names.push_back(header.substr(begin, end - begin));
    begin = end + 1;
  }
  return names;
}

}  // namespace

std::vector<int64_t> top_labels(const Scored& scored, int64_t most) {
  auto labels = labels_by_probability(scored.probabilities);
  labels.resize(std::min(labels.size(), static_cast<size_t>(most)));
  return labels;
}

std::string answer_header(const std::string& header, const AnswerFormat& format) {
  if (format.form != AnswerForm::kept || header.empty()) return "";
  const Columns taken = names_in_header(header, format.input);
  Columns names = column_names(format);
  for (auto& name : names) {
    while (std::find(taken.begin(), taken.end(), name) != taken.end()) name = "predicted_" + name;
  }
  return joined(header, names, format);
}

std::string format_answer(const Record& record, const Scored& scored, const AnswerFormat& format) {
  if (format.form == AnswerForm::json) return json_answer(record, scored, format);
  return joined(record.raw, column_values(scored, format), format);
}

std::string format_unanswered(const Record& record, const AnswerFormat& format) {
  if (format.form == AnswerForm::json) return json_unanswered(record, format);
  return joined(record.raw, Columns(column_names(format).size()), format);
}

std::string describe_labels(std::span<const int64_t> counts, std::span<const std::string> labels,
                            int64_t lines) {
  constexpr size_t kMostShown = 20;
  std::vector<size_t> order(counts.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return counts[a] > counts[b]; });
  const size_t shown = std::min(order.size(), kMostShown);
  std::string text;
  for (size_t i = 0; i < shown; ++i) {
    const auto count = static_cast<double>(counts[order[i]]);
    const double percent = lines > 0 ? 100.0 * count / static_cast<double>(lines) : 0.0;
    text += (i > 0 ? ", " : "") + labels[order[i]] + ' ' + std::to_string(counts[order[i]]) + " (" +
            fixed_number(percent, 1) + "%)";
  }
  return shown == order.size() ? text
                               : text + " and " + std::to_string(order.size() - shown) + " more";
}

}  // namespace rondo
