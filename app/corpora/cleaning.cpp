#include "app/corpora/cleaning.h"

#include <utf8.h>

#include <algorithm>
#include <unordered_set>

#include "app/corpora/words.h"

namespace rondo {
namespace {

constexpr double kRatioGrace = 3;  // words added to both sides, so that "OK" may be three words

bool is_valid(const std::string& text) { return utf8::is_valid(text.begin(), text.end()); }

bool lengths_differ(double source, double target, double max_ratio) {
  const auto [shorter, longer] = std::minmax(source, target);
  return max_ratio > 0 && longer + kRatioGrace > max_ratio * (shorter + kRatioGrace);
}

// The counter in report that a pair with normalised sides is dropped under, or null to keep it.
int64_t* reason_to_drop(const SegmentPair& pair, const CleaningOptions& options,
                        CleaningReport& report) {
  if (pair.source.empty() || pair.target.empty()) return &report.empty;
  const double source = count_words(pair.source), target = count_words(pair.target);
  const bool copied = options.max_copied_words >= 0 && pair.source == pair.target;
  if (copied && source > double(options.max_copied_words)) return &report.untranslated;
  if (options.max_words > 0 && std::max(source, target) > options.max_words) {
    return &report.too_long;
  }
  if (lengths_differ(source, target, options.max_length_ratio)) return &report.unequal;
  return nullptr;
}

}  // namespace

SegmentPairs clean_pairs(SegmentPairs pairs, const CleaningOptions& options,
                         CleaningReport& report) {
  SegmentPairs kept;
  std::unordered_set<std::string> seen;
  for (SegmentPair& pair : pairs) {
    ++report.read;
    if (!is_valid(pair.source) || !is_valid(pair.target)) {
      ++report.invalid;
      continue;
    }
    pair.source = normalise_spaces(pair.source);
    pair.target = normalise_spaces(pair.target);
    if (int64_t* reason = reason_to_drop(pair, options, report)) {
      ++*reason;
    } else if (!seen.insert(pair.source + '\n' + pair.target).second) {
      ++report.duplicate;
    } else {
      ++report.kept;
      kept.push_back(std::move(pair));
    }
  }
  return kept;
}

}  // namespace rondo
