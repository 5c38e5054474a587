#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "app/data/labelled_options.h"
#include "app/data/line_reader.h"

namespace rondo {

inline constexpr char kLabelListSeparator = '\x1f';

// One record of a text file. Where it cannot be taken apart, `error` says why and only `raw` and
// `line` are filled.
struct Record {
  std::string raw{};  // as it stands in the file, without its line end
  std::string text{};
  std::string label{};      // tsv, csv: the field; jsonl: a string or number as text, a list of
                            // them joined by U+001F; fasttext: the names joined by U+001F
  bool label_list = false;  // the label came as a list: U+001F and nothing else separates it
  std::string weight{};     // empty where none is asked for
  int64_t line = 0;         // where it begins, from 1
  std::string error{};      // "has 1 column; text is column 2"
};

// What is read beside the text. Without label neither label nor weight is looked for, so the file
// need not have them; fasttext's labels are not text in either case.
struct RecordNeeds {
  bool label = true;
};

// The records of a file, a .gz file or standard input ("-"), in constant memory. A record is a
// line, but in CSV quoted fields may hold line ends (RFC 4180), which become "\n". A byte order
// mark at the beginning is left out.
class RecordReader {
 public:
  // Reads the header where there is one. Throws DataError naming file and line: unreadable, a
  // column that the header does not have (said with the nearest, and with all it has), a format
  // without labels where they are needed. For "-" and for endings that say nothing (.txt too) the
  // automatic format is `lines` where no label is needed and tsv where one is, but fasttext where a
  // file's first line that is not empty begins with __label__.
  RecordReader(const std::string& path, const RecordOptions& options,
               const RecordNeeds& needs = {});

  // The next record, or false at the end. Throws DataError where reading fails; a record that is
  // wrong by itself is returned with its error.
  bool next(Record& record);

  // Whether next can answer from what has already been written (a pipe may have more to come).
  bool ready() const { return !ahead_.empty() || lines_.ready(); }

  RecordFormat format() const { return format_; }        // never automatic
  const std::string& header() const { return header_; }  // the raw line; empty = none
  const std::string& path() const { return lines_.path(); }
  std::string name() const;               // the path, or "standard input"
  std::string place(int64_t line) const;  // "reviews.tsv:7"

 private:
  struct Columns {
    int64_t text = -1, label = -1, weight = -1;  // from 0; -1 = not read
  };

  RecordFormat detect_format();
  void check_format() const;
  void find_columns();
  bool expects_header() const;
  bool read_header();
  int64_t column(const std::string& name) const;

  bool fetch(std::string& line);
  bool read_line(std::string& line);
  bool read_raw(Record& record);
  void read_open_quote(Record& record);
  void take_apart(Record& record);
  void take_columns(Record& record);
  bool split(Record& record);
  std::string wrong_count() const;
  bool wants_weight() const { return needs_.label && !options_.weight_column.empty(); }

  LineReader lines_;
  RecordOptions options_;
  RecordNeeds needs_;
  RecordFormat format_ = RecordFormat::tsv;
  std::deque<std::string> ahead_;  // lines looked at to know the format
  int64_t line_number_ = 0;
  std::string header_;
  int64_t header_columns_ = 0;
  Columns columns_;
  std::vector<std::string> fields_;  // of the record last split
};

}  // namespace rondo
