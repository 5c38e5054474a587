#include "app/alignment/co_occurrence.h"

#include <algorithm>
#include <iterator>

#include "app/alignment/parallel_ranges.h"

namespace rondo {
namespace {

// The lines in which each source piece stands: row s is [offsets[s], offsets[s + 1]).
struct InvertedText {
  std::vector<int64_t> offsets;
  std::vector<int32_t> lines;
};

// Calls act(piece, line) for each piece of each line.
template <class Action>
void each_token(const TokenTable& text, Action act) {
  for (int64_t line = 0; line < text.size(); ++line) {
    for (const int32_t piece : text[line]) act(static_cast<size_t>(piece), line);
  }
}

InvertedText inverted(const TokenTable& text, int64_t vocab) {
  InvertedText result{.offsets = std::vector<int64_t>(static_cast<size_t>(vocab) + 1, 0),
                      .lines = std::vector<int32_t>(static_cast<size_t>(text.tokens()))};
  each_token(text, [&](size_t piece, int64_t) { ++result.offsets[piece + 1]; });
  for (size_t i = 1; i < result.offsets.size(); ++i) result.offsets[i] += result.offsets[i - 1];
  std::vector<int64_t> next(result.offsets.begin(), result.offsets.end() - 1);
  each_token(text, [&](size_t piece, int64_t line) {
    result.lines[static_cast<size_t>(next[piece]++)] = static_cast<int32_t>(line);
  });
  return result;
}

// Gathers each target piece once; `seen` remembers for which row it was last gathered.
class DistinctTargets {
 public:
  DistinctTargets(const TokenTable& text, int64_t vocab)
      : text_(text), seen_(static_cast<size_t>(vocab), -1) {}

  template <class Lines>
  std::vector<int32_t> of(int64_t row, const Lines& lines) {
    std::vector<int32_t> found;
    for (const auto line : lines) {
      for (const int32_t piece : text_[line]) {
        int64_t& last = seen_[static_cast<size_t>(piece)];
        if (last == row) continue;
        last = row;
        found.push_back(piece);
      }
    }
    std::ranges::sort(found);
    return found;
  }

 private:
  const TokenTable& text_;
  std::vector<int64_t> seen_;
};

std::vector<int32_t> all_lines(const TokenTable& text) {
  std::vector<int32_t> lines(static_cast<size_t>(text.size()));
  for (size_t i = 0; i < lines.size(); ++i) lines[i] = static_cast<int32_t>(i);
  return lines;
}

}  // namespace

CoOccurrence::CoOccurrence(const AlignedText& text, int64_t num_threads) {
  const InvertedText sources = inverted(text.source, text.source_vocab);
  std::vector<std::vector<int32_t>> rows(static_cast<size_t>(text.source_vocab) + 1);
  parallel_ranges(text.source_vocab, num_threads, [&](int64_t begin, int64_t end) {
    DistinctTargets distinct(text.target, text.target_vocab);
    for (int64_t row = begin; row < end; ++row) {
      const auto first = static_cast<size_t>(sources.offsets[static_cast<size_t>(row)]);
      const auto last = static_cast<size_t>(sources.offsets[static_cast<size_t>(row) + 1]);
      rows[static_cast<size_t>(row)] =
          distinct.of(row, std::span(sources.lines).subspan(first, last - first));
    }
  });
  rows.back() = DistinctTargets(text.target, text.target_vocab).of(0, all_lines(text.target));
  offsets_.push_back(0);
  for (auto& row : rows) {
    std::ranges::copy(row, std::back_inserter(targets_));
    offsets_.push_back(size());
    std::vector<int32_t>().swap(row);
  }
}

std::span<const int32_t> CoOccurrence::targets(int64_t row) const {
  const auto first = static_cast<size_t>(begin(row)), last = static_cast<size_t>(begin(row + 1));
  return std::span(targets_).subspan(first, last - first);
}

int64_t CoOccurrence::number(int64_t row, int32_t target) const {
  const auto all = targets(row);
  return begin(row) + (std::ranges::lower_bound(all, target) - all.begin());
}

}  // namespace rondo
