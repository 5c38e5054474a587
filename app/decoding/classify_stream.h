#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "app/data/record_reader.h"
#include "app/decoding/classify_format.h"
#include "app/decoding/explanation_format.h"
#include "app/decoding/line_stream.h"

namespace rondo {

// The next record into the argument, or false at the end. Called from a thread of its own.
using RecordSource = std::function<bool(Record&)>;

// What is written for a window of records, in order, whole lines.
using AnswerRecords = std::function<std::string(std::span<const Record>)>;

// What happens to a record that cannot be taken apart: an error that ends the stream; left out; an
// answer of its own, so that N records in are N out.
enum class BadRecord { stop, skip, keep };

struct ClassifyStream {
  AnswerRecords answer;
  BadRecord bad = BadRecord::stop;
  std::string path = "-";      // named in errors
  std::string head{}, foot{};  // written before and after the answers
  LineWindow window{.first = 64, .most = 8192};
  std::function<void(int64_t)> progress = [](int64_t) {};  // told the records, after each window
};

struct StreamCounts {
  int64_t records = 0;     // answered
  int64_t unanswered = 0;  // of them, those that could not be taken apart
  int64_t skipped = 0;     // left out
};

// Answers records as they come, in order, each window flushed. Stops quietly when output takes no
// more. Throws DataError "path:line: ..." for a bad record, after the answers to those before it.
StreamCounts classify_stream(RecordSource source, const ClassifyStream& stream,
                             std::ostream& output);

using ScoreLines = std::function<std::vector<Scored>(std::span<const std::string>)>;
using ExplainLines = std::function<std::vector<Explanation>(std::span<const std::string>)>;

// Scores the records that can be read and formats all of them; adds to counts [labels] how often
// each label was decided.
std::string answer_records(std::span<const Record> records, const ScoreLines& score,
                           const AnswerFormat& format, std::vector<int64_t>& counts);

// The same for explanations.
std::string explain_records(std::span<const Record> records, const ExplainLines& explain,
                            const ExplanationFormat& format);

}  // namespace rondo
