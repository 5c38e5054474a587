#include "app/tasks/plain_text.h"

#include "app/data/line_reader.h"
#include "app/data/record_reader.h"
#include "app/errors.h"

namespace rondo {

std::vector<std::string> read_texts(const std::string& path, const LabelledDataOptions& options) {
  RecordReader records(existing_text_file(path), options.records, {.label = false});
  std::vector<std::string> texts;
  Record record;
  while (records.next(record)) {
    if (record.error.empty()) {
      texts.push_back(std::move(record.text));
    } else if (options.on_error == OnError::stop) {
      throw DataError(records.place(record.line) + ": " + record.error);
    }
  }
  if (texts.empty()) throw DataError(records.name() + ": holds no text");
  return texts;
}

}  // namespace rondo
