#include "app/decoding/classify_stream.h"

#include <deque>
#include <iterator>
#include <memory>
#include <mutex>
#include <ostream>
#include <utility>

#include "app/errors.h"

namespace rondo {
namespace {

// Records on their way from the reading thread to the answering one. The stream of lines between
// them only says how many there are.
class PassingRecords {
 public:
  void push(Record record) {
    const std::lock_guard lock(mutex_);
    records_.push_back(std::move(record));
  }

  std::vector<Record> take(size_t count) {
    const std::lock_guard lock(mutex_);
    const auto end = records_.begin() + static_cast<int64_t>(count);
    std::vector<Record> taken(std::make_move_iterator(records_.begin()),
                              std::make_move_iterator(end));
    records_.erase(records_.begin(), end);
    return taken;
  }

  void skip() {
    const std::lock_guard lock(mutex_);
    ++skipped_;
  }

  int64_t skipped() {
    const std::lock_guard lock(mutex_);
    return skipped_;
  }

 private:
  std::mutex mutex_;
  std::deque<Record> records_;
  int64_t skipped_ = 0;
};

// Passes the next record on that is to be answered. It owns what it reads from: see stream_lines.
LineSource passing_on(RecordSource source, std::shared_ptr<PassingRecords> passing,
                      const ClassifyStream& stream) {
  return [source = std::move(source), passing = std::move(passing), bad = stream.bad,
          path = stream.path](std::string&) {
    Record record;
    while (source(record)) {
      if (!record.error.empty() && bad == BadRecord::stop) {
        throw DataError(path + ':' + std::to_string(record.line) + ": " + record.error);
      }
      if (record.error.empty() || bad == BadRecord::keep) {
        passing->push(std::move(record));
        return true;
      }
      passing->skip();
    }
    return false;
  };
}

// The texts of the records that have no error.
std::vector<std::string> readable_texts(std::span<const Record> records) {
  std::vector<std::string> texts;
  texts.reserve(records.size());
  for (const auto& record : records) {
    if (record.error.empty()) texts.push_back(record.text);
  }
  return texts;
}

}  // namespace

StreamCounts classify_stream(RecordSource source, const ClassifyStream& stream,
                             std::ostream& output) {
  StreamCounts counts;
  const auto passing = std::make_shared<PassingRecords>();
  const auto work = [&](std::span<const std::string> lines) {
    const auto records = passing->take(lines.size());
    output << stream.answer(records);
    output.flush();
    for (const auto& record : records) counts.unanswered += !record.error.empty();
    counts.records += static_cast<int64_t>(records.size());
    stream.progress(counts.records);
    return output.good();
  };
  output << stream.head;
  output.flush();
  stream_lines(passing_on(std::move(source), passing, stream), work, stream.window);
  output << stream.foot;
  output.flush();
  counts.skipped = passing->skipped();
  return counts;
}

std::string answer_records(std::span<const Record> records, const ScoreLines& score,
                           const AnswerFormat& format, std::vector<int64_t>& counts) {
  const auto answers = score(readable_texts(records));
  auto answer = answers.begin();
  std::string text;
  for (const auto& record : records) {
    if (!record.error.empty()) {
      text += format_unanswered(record, format);
      continue;
    }
    text += format_answer(record, *answer, format);
    for (const int64_t label : answer->decided) ++counts[static_cast<size_t>(label)];
    ++answer;
  }
  return text;
}

std::string explain_records(std::span<const Record> records, const ExplainLines& explain,
                            const ExplanationFormat& format) {
  const auto explanations = explain(readable_texts(records));
  auto explanation = explanations.begin();
  std::string text;
  for (const auto& record : records) {
    text += record.error.empty() ? format_explanation(*explanation++, format)
                                 : format_unexplained(record.error, format);
  }
  return text;
}

}  // namespace rondo
