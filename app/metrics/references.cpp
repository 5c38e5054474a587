#include "app/metrics/references.h"

#include "app/errors.h"

namespace rondo {

std::vector<std::string_view> References::of_line(size_t line) const {
  std::vector<std::string_view> lines;
  lines.reserve(streams_.size());
  for (const auto& stream : streams_) lines.push_back(stream[line]);
  return lines;
}

void References::check_line_count(size_t hypotheses) const {
  if (streams_.empty()) throw DataError("no reference text given");
  for (size_t i = 0; i < streams_.size(); ++i) {
    if (streams_[i].size() == hypotheses) continue;
    throw DataError("the hypotheses have " + std::to_string(hypotheses) + " lines, reference " +
                    std::to_string(i + 1) + " has " + std::to_string(streams_[i].size()));
  }
}

}  // namespace rondo
