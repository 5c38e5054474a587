#include "app/decoding/shortlist_coverage.h"

#include <algorithm>
#include <cstdio>

namespace rondo {
namespace {

double share(int64_t part, int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(std::max<int64_t>(whole, 1));
}

}  // namespace

ShortlistCoverage shortlist_coverage(const Shortlist& shortlist, const TokenTable& source,
                                     const TokenTable& target, int64_t most) {
  ShortlistCoverage coverage{.lines = std::min(most, source.size())};
  for (int64_t line = 0; line < coverage.lines; ++line) {
    const auto ids = shortlist.ids(source, {&line, 1});
    const auto is_listed = [&](int32_t piece) { return std::ranges::binary_search(ids, piece); };
    const auto covered = std::ranges::count_if(target[line], is_listed);
    coverage.pieces += target.length(line);
    coverage.covered_pieces += covered;
    coverage.covered_lines += covered == target.length(line) ? 1 : 0;
    coverage.listed += static_cast<int64_t>(ids.size());
  }
  return coverage;
}

std::string describe(const ShortlistCoverage& coverage) {
  char text[200];
  std::snprintf(text, sizeof text,
                "of %lld lines: %.0f pieces listed a line, which hold %.2f%% of the target's "
                "pieces and all pieces of %.1f%% of the lines",
                static_cast<long long>(coverage.lines), share(coverage.listed, coverage.lines),
                100 * share(coverage.covered_pieces, coverage.pieces),
                100 * share(coverage.covered_lines, coverage.lines));
  return text;
}

}  // namespace rondo
