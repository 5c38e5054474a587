#include "app/data/labelled_text.h"

#include <algorithm>
#include <utility>

#include "app/data/line_reader.h"
#include "app/data/record_reader.h"
#include "app/data/target_reader.h"
#include "app/errors.h"

namespace rondo {
namespace {

constexpr size_t kMostProblems = 5;

void note_problem(const std::string& problem, OnError on_error, LabelledText& text) {
  if (on_error == OnError::stop) throw DataError(problem);
  ++text.skipped;
  if (text.problems.size() < kMostProblems) text.problems.push_back(problem);
}

void check_not_empty(const LabelledText& text, const std::string& file) {
  if (!text.lines.empty()) return;
  const std::string nothing = file + ": holds no labelled text";
  if (text.skipped == 0) throw DataError(nothing);
  throw DataError(nothing + "; all " + std::to_string(text.skipped) +
                  " records were skipped, the first for " + text.problems.front());
}

LabelledText read_targets(RecordReader& records, const LabelledDataOptions& options,
                          TargetReader& targets) {
  LabelledText text;
  Record record;
  while (records.next(record)) {
    ++text.records_read;
    Target target;
    const std::string wrong = targets.read(record, target);
    if (!wrong.empty()) {
      note_problem(records.place(record.line) + ": " + wrong, options.on_error, text);
      continue;
    }
    text.lines.push_back(std::move(record.text));
    text.targets.push_back(std::move(target));
    text.line_numbers.push_back(record.line);
  }
  text.labels = targets.labels();
  check_not_empty(text, records.name());
  return text;
}

// Gives labels found in the text their final numbers.
void put_in_order(LabelledText& text, TargetType type) {
  LabelSet ordered(labels_in_order(text.labels.names(), type));
  for (Target& target : text.targets) {
    for (int64_t& label : target.labels) label = ordered.number(text.labels.name(label));
    std::sort(target.labels.begin(), target.labels.end());
  }
  text.labels = std::move(ordered);
}

std::vector<bool> labels_seen(const LabelledText& text) {
  std::vector<bool> seen(static_cast<size_t>(text.labels.size()), false);
  for (const Target& target : text.targets) {
    for (const int64_t label : target.labels) seen[static_cast<size_t>(label)] = true;
  }
  return seen;
}

// Whether there is something to tell apart.
void check_labels(const LabelledText& text, TargetType type, const std::string& file) {
  const std::vector<bool> seen = labels_seen(text);
  const auto classes = std::count(seen.begin(), seen.end(), true);
  if (type == TargetType::multi_label) {
    if (classes == 0) throw DataError(file + ": none of its texts has a label");
  } else if (classes < 2) {
    const auto only = std::find(seen.begin(), seen.end(), true) - seen.begin();
    throw DataError(file + ": has only one class, '" + text.labels.name(only) +
                    "'; a classifier needs two");
  }
}

}  // namespace

LabelledText read_labelled_text(const std::string& path, const LabelledDataOptions& options) {
  const bool numbers = options.targets == TargetType::value;
  const bool find_labels = !numbers && options.labels.empty();
  RecordReader records(existing_text_file(path), options.records);
  TargetReader targets(options, numbers ? LabelSet() : LabelSet(options.labels),
                       find_labels ? NewLabels::add : NewLabels::refuse);
  LabelledText text = read_targets(records, options, targets);
  if (find_labels) put_in_order(text, options.targets);
  if (!numbers) check_labels(text, options.targets, records.name());
  return text;
}

LabelledText read_labelled_text(const std::string& path, const LabelledDataOptions& options,
                                const LabelSet& labels) {
  const bool numbers = options.targets == TargetType::value;
  RecordReader records(existing_text_file(path), options.records);
  TargetReader targets(options, numbers ? LabelSet() : labels, NewLabels::refuse);
  return read_targets(records, options, targets);
}

std::vector<std::string> missing_labels(const LabelledText& text) {
  const std::vector<bool> seen = labels_seen(text);
  std::vector<std::string> missing;
  for (size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) missing.push_back(text.labels.names()[i]);
  }
  return missing;
}

}  // namespace rondo
