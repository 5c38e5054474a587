#include "app/tasks/text_statistics.h"

#include <algorithm>

#include "tokenizers/special_tokens.h"

namespace rondo {

TextStatistics text_statistics(const std::string& name, const TokenTable& tokens) {
  TextStatistics statistics{.name = name, .sentences = tokens.size(), .pieces = tokens.tokens()};
  for (int64_t line = 0; line < tokens.size(); ++line) {
    const auto ids = tokens[line];
    if (statistics.lengths.size() <= ids.size()) statistics.lengths.resize(ids.size() + 1);
    ++statistics.lengths[ids.size()];
    statistics.unknown_pieces += std::ranges::count(ids, kUnkId);
  }
  return statistics;
}

void add_dropped(int64_t lines, const std::string& what, std::vector<std::string>& dropped) {
  if (lines > 0) dropped.push_back(std::to_string(lines) + " " + what);
}

}  // namespace rondo
