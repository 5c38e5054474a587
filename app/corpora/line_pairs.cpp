#include "app/corpora/line_pairs.h"

#include <algorithm>
#include <utility>

#include "app/corpora/text_lines.h"
#include "app/errors.h"

namespace rondo {
namespace {

DataError unequal_counts(const std::filesystem::path& source, size_t sources,
                         const std::filesystem::path& target, size_t targets) {
  const bool source_ends = sources < targets;
  return DataError(source.string() + " has " + std::to_string(sources) + " lines and " +
                   target.string() + " has " + std::to_string(targets) + ": " +
                   (source_ends ? source : target).string() + " ends before line " +
                   std::to_string(std::min(sources, targets) + 1) +
                   "; line N of one must translate line N of the other");
}

}  // namespace

SegmentPairs read_line_pairs(const std::filesystem::path& source,
                             const std::filesystem::path& target) {
  std::vector<std::string> sources = read_text_lines(source);
  std::vector<std::string> targets = read_text_lines(target);
  if (sources.size() != targets.size()) {
    throw unequal_counts(source, sources.size(), target, targets.size());
  }
  SegmentPairs pairs;
  pairs.reserve(sources.size());
  for (size_t i = 0; i < sources.size(); ++i) {
    pairs.push_back({sources[i], std::move(targets[i]), sources[i]});
  }
  return pairs;
}

}  // namespace rondo
