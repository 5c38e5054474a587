#include "app/data/record_reader.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "app/data/csv.h"
#include "app/data/json_record.h"
#include "app/data/name_list.h"
#include "app/errors.h"

namespace rondo {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kLabelPrefix = "__label__";
constexpr std::string_view kBlanks = " \t";
constexpr size_t kMostLinesAhead = 100;               // empty ones, until the format is known
constexpr size_t kMostRecordBytes = size_t{1} << 24;  // of a CSV record of several lines, 16 MiB

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

RecordFormat format_by_ending(const std::string& path) {
  std::filesystem::path name(path);
  if (lower_extension(name) == ".gz") name.replace_extension();
  const std::string ending = lower_extension(name);
  if (ending == ".tsv") return RecordFormat::tsv;
  if (ending == ".csv") return RecordFormat::csv;
  if (ending == ".jsonl" || ending == ".json") return RecordFormat::jsonl;
  return RecordFormat::automatic;
}

// A column given by its number; nothing where it is given by name.
std::optional<int64_t> column_number(const std::string& column) {
  int64_t number = 0;
  const char* end = column.data() + column.size();
  const auto [stop, error] = std::from_chars(column.data(), end, number);
  if (error != std::errc() || stop != end || column.front() == '-') return std::nullopt;
  return number;
}

std::string columns_text(int64_t count) {
  return std::to_string(count) + (count == 1 ? " column" : " columns");
}

void split_tabs(const std::string& line, std::vector<std::string>& fields) {
  fields.clear();
  size_t begin = 0;
  for (size_t end = 0; (end = line.find('\t', begin)) != std::string::npos; begin = end + 1) {
    fields.push_back(line.substr(begin, end - begin));
  }
  fields.push_back(line.substr(begin));
}

std::string_view without_blanks_before(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(kBlanks), text.size()));
}

// Takes the __label__ words at the beginning; the rest is the text.
void take_fasttext_apart(Record& record) {
  std::string_view rest = without_blanks_before(record.raw);
  record.label_list = true;
  while (rest.starts_with(kLabelPrefix)) {
    const size_t end = std::min(rest.find_first_of(kBlanks), rest.size());
    if (end == kLabelPrefix.size()) {
      record.error = "has a __label__ without a name";
      return;
    }
    if (!record.label.empty()) record.label += kLabelListSeparator;
    record.label += rest.substr(kLabelPrefix.size(), end - kLabelPrefix.size());
    rest = without_blanks_before(rest.substr(end));
  }
  record.text = rest;
}

}  // namespace

RecordReader::RecordReader(const std::string& path, const RecordOptions& options,
                           const RecordNeeds& needs)
    : lines_(path), options_(options), needs_(needs) {
  format_ = detect_format();
  check_format();
  if (format_ == RecordFormat::tsv || format_ == RecordFormat::csv) find_columns();
}

std::string RecordReader::name() const { return path() == "-" ? "standard input" : path(); }

std::string RecordReader::place(int64_t line) const { return name() + ":" + std::to_string(line); }

RecordFormat RecordReader::detect_format() {
  if (options_.format != RecordFormat::automatic) return options_.format;
  const RecordFormat by_ending = format_by_ending(path());
  if (by_ending != RecordFormat::automatic) return by_ending;
  if (!needs_.label) return RecordFormat::lines;
  std::string line;
  // Standard input is not looked at: what a pipe brings must not decide how it is read.
  while (path() != "-" && line.empty() && ahead_.size() < kMostLinesAhead && fetch(line)) {
    ahead_.push_back(line);
  }
  return line.starts_with(kLabelPrefix) ? RecordFormat::fasttext : RecordFormat::tsv;
}

void RecordReader::check_format() const {
  if (needs_.label && format_ == RecordFormat::lines) {
    throw DataError(name() + ": plain lines have no labels; tsv, csv, jsonl and fasttext have");
  }
  if (wants_weight() && format_ == RecordFormat::fasttext) {
    throw DataError(name() + ": fastText lines have no weights; tsv, csv and jsonl have");
  }
}

bool RecordReader::expects_header() const {
  return options_.header || !column_number(options_.text_column) ||
         (needs_.label && !column_number(options_.label_column)) ||
         (wants_weight() && !column_number(options_.weight_column));
}

void RecordReader::find_columns() {
  if (expects_header() && !read_header()) return;  // an empty file
  columns_.text = column(options_.text_column);
  if (needs_.label) columns_.label = column(options_.label_column);
  if (wants_weight()) columns_.weight = column(options_.weight_column);
}

// Leaves the names in fields_. False where there is no line.
bool RecordReader::read_header() {
  Record record;
  if (!read_raw(record)) return false;
  if (!record.error.empty() || !split(record)) {
    throw DataError(place(record.line) + ": " + record.error);
  }
  header_ = record.raw;
  header_columns_ = static_cast<int64_t>(fields_.size());
  return true;
}

// Where a column stands, from 0. With a header, its names are still in fields_.
int64_t RecordReader::column(const std::string& name) const {
  if (const auto number = column_number(name)) {
    if (*number < 1) throw DataError(this->name() + ": no column 0; columns count from 1");
    if (header_columns_ > 0 && *number > header_columns_) {
      throw DataError(place(1) + ": no column " + name + "; the header has " +
                      columns_text(header_columns_));
    }
    return *number - 1;
  }
  const auto found = std::find(fields_.begin(), fields_.end(), name);
  if (found != fields_.end()) return found - fields_.begin();
  throw DataError(place(1) + ": no column '" + name + "'" +
                  known_instead(name, "columns", fields_) +
                  " (of a file without a header, give columns by number)");
}

bool RecordReader::fetch(std::string& line) {
  if (!lines_.next(line)) return false;
  if (lines_.line_number() == 1 && line.starts_with(kByteOrderMark)) {
    line.erase(0, kByteOrderMark.size());
  }
  return true;
}

bool RecordReader::read_line(std::string& line) {
  if (!ahead_.empty()) {
    line = std::move(ahead_.front());
    ahead_.pop_front();
  } else if (!fetch(line)) {
    return false;
  }
  ++line_number_;
  return true;
}

bool RecordReader::read_raw(Record& record) {
  if (!read_line(record.raw)) return false;
  record.line = line_number_;
  if (format_ == RecordFormat::csv && csv_goes_on(record.raw, false)) read_open_quote(record);
  return true;
}

// Appends the lines that a quoted field goes on to.
void RecordReader::read_open_quote(Record& record) {
  std::string line;
  while (record.raw.size() <= kMostRecordBytes) {
    if (!read_line(line)) {
      record.error = "a quoted field is never closed";
      return;
    }
    record.raw += '\n';
    record.raw += line;
    if (!csv_goes_on(line, true)) return;
  }
  record.error = "a quoted field is not closed within 16 MiB";
}

bool RecordReader::next(Record& record) {
  record = Record{};
  if (!read_raw(record)) return false;
  if (record.error.empty()) take_apart(record);
  if (record.error.empty()) return true;
  record.text.clear();
  record.label.clear();
  record.weight.clear();
  record.label_list = false;
  return true;
}

void RecordReader::take_apart(Record& record) {
  switch (format_) {
    case RecordFormat::jsonl:
      return take_json_apart(options_, needs_, record);
    case RecordFormat::fasttext:
      return take_fasttext_apart(record);
    case RecordFormat::tsv:
    case RecordFormat::csv:
      return take_columns(record);
    case RecordFormat::lines:
    case RecordFormat::automatic:
      record.text = record.raw;
  }
}

void RecordReader::take_columns(Record& record) {
  if (!split(record)) return;
  record.error = wrong_count();
  if (!record.error.empty()) {
    if (record.raw.empty()) record.error = "is an empty line";
    return;
  }
  const auto field = [&](int64_t column) { return fields_[static_cast<size_t>(column)]; };
  record.text = field(columns_.text);
  if (columns_.label >= 0) record.label = field(columns_.label);
  if (columns_.weight >= 0) record.weight = field(columns_.weight);
}

bool RecordReader::split(Record& record) {
  if (format_ == RecordFormat::csv) return split_csv(record.raw, fields_, record.error);
  split_tabs(record.raw, fields_);
  return true;
}

// What is wrong with the number of fields_, or nothing.
std::string RecordReader::wrong_count() const {
  const auto count = static_cast<int64_t>(fields_.size());
  if (header_columns_ > 0) {
    if (count == header_columns_) return "";
    return "has " + columns_text(count) + "; the header has " + std::to_string(header_columns_);
  }
  for (const auto& [what, column] :
       {std::pair("text", columns_.text), std::pair("label", columns_.label),
        std::pair("weight", columns_.weight)}) {
    if (column < count) continue;
    return "has " + columns_text(count) + "; " + what + " is column " + std::to_string(column + 1);
  }
  return "";
}

}  // namespace rondo
