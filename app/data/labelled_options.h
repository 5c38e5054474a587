#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rondo {

// How text and labels stand in a file. automatic: by its name's ending (.tsv, .csv, .jsonl, .txt;
// .gz after it is no matter). fasttext: lines that begin with __label__NAME words.
enum class RecordFormat { automatic, lines, tsv, csv, jsonl, fasttext };

// What a label is: one of several classes; any number of them; one of several in order (stars), the
// order being that of `labels`; a number (an intensity).
enum class TargetType { classes, multi_label, ordinal, value };

// What happens to a record that cannot be used.
enum class OnError { stop, skip };

// Which parts of a record are the text, its label and its weight.
struct RecordOptions {
  RecordFormat format = RecordFormat::automatic;
  std::string text_column = "text";    // its name, or its number from 1
  std::string label_column = "label";  // likewise
  std::string weight_column{};         // likewise; empty = every record weighs 1
  bool header = false;  // tsv, csv: the first line names the columns; so it is, too, where a column
                        // is given by name

  bool operator==(const RecordOptions&) const = default;
};

struct LabelledDataOptions {
  std::string train{}, dev{}, test{};  // test may be empty
  RecordOptions records{};
  TargetType targets = TargetType::classes;
  std::vector<std::string> labels{};  // empty = those of the training text, sorted
  std::string label_separator = ",";  // multi_label: between the labels of one field
  int64_t max_length = 200;           // pieces; longer training text is cropped and counted
  OnError on_error = OnError::stop;   // skip: counted and left out

  bool operator==(const LabelledDataOptions&) const = default;
};

}  // namespace rondo
