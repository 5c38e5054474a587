#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/data/label_set.h"
#include "app/data/labelled_options.h"

namespace rondo {

// What one text is to be taken for.
struct Target {
  std::vector<int64_t> labels{};  // classes, ordinal: one number; multi_label: any, ascending
  double value = 0;               // of TargetType::value
  double weight = 1;
};

// A labelled text as it was read; its lines are not yet tokenized.
struct LabelledText {
  LabelSet labels;                    // empty for TargetType::value
  std::vector<std::string> lines;     // may be empty, and hold line ends where CSV or JSON does
  std::vector<Target> targets;        // one a line
  std::vector<int64_t> line_numbers;  // in the file
  int64_t records_read = 0;
  int64_t skipped = 0;                // on_error: skip
  std::vector<std::string> problems;  // "file:line: ..." of the first five skipped
};

// Reads a training text and finds its labels where options.labels is empty (classes and multi_label
// sorted by name; ordinal: by number where all are numbers, else by name). Blanks around a label do
// not count. Throws DataError with file:line at the first bad record (unless on_error is skip): no
// label, an unknown label, a weight below 0 or no number, a wrong number of columns, broken JSON or
// CSV; and DataError naming the file when it holds no usable record, or only one class, or
// (multi_label) no label at all.
LabelledText read_labelled_text(const std::string& path, const LabelledDataOptions& options);

// Reads a text for evaluation: labels must be of the set. A class without an example is no error
// (see missing_labels).
LabelledText read_labelled_text(const std::string& path, const LabelledDataOptions& options,
                                const LabelSet& labels);

// Names of the classes that no target has.
std::vector<std::string> missing_labels(const LabelledText& text);

}  // namespace rondo
