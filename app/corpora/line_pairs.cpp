#include "app/corpora/line_pairs.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "app/data/line_reader.h"
#include "app/errors.h"

namespace rondo {
namespace {

[[noreturn]] void refuse_unequal(const std::string& source, size_t sources,
                                 const std::string& target, size_t targets) {
  const bool source_ends = sources < targets;
  throw DataError(source + " has " + std::to_string(sources) + " lines and " + target + " has " +
                  std::to_string(targets) + ": " + (source_ends ? source : target) +
                  " ends before line " + std::to_string(std::min(sources, targets) + 1) +
                  "; line N of one must translate line N of the other");
}

std::vector<std::string> read_text(const std::string& path) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::vector<std::string> lines = read_lines(path);
  if (!lines.empty() && lines[0].starts_with(kByteOrderMark)) {
    lines[0].erase(0, kByteOrderMark.size());
  }
  return lines;
}

}  // namespace

SegmentPairs read_line_pairs(const std::string& source, const std::string& target) {
  std::vector<std::string> sources = read_text(source);
  std::vector<std::string> targets = read_text(target);
  if (sources.size() != targets.size()) {
    refuse_unequal(source, sources.size(), target, targets.size());
  }
  SegmentPairs pairs;
  pairs.reserve(sources.size());
  for (size_t i = 0; i < sources.size(); ++i) {
    pairs.push_back({sources[i], std::move(targets[i]), sources[i]});
  }
  return pairs;
}

}  // namespace rondo
