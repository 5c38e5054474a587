#pragma once

#include <cstdint>
#include <string>

#include "app/corpora/segment_pair.h"

namespace rondo {

struct CleaningOptions {
  double max_words = 40;         // a side with more is dropped; 0 = off
  double max_length_ratio = 3;   // longer over shorter side in words, three words of grace; 0 = off
  int64_t max_copied_words = 2;  // equal sides of more words are untranslated; -1 = off
};

// Pairs read, and how many were dropped for which reason; the first that applies counts.
struct CleaningReport {
  int64_t read = 0;
  int64_t invalid = 0;       // not UTF-8
  int64_t empty = 0;         // nothing on one side
  int64_t untranslated = 0;  // the target is the source: such pairs teach copying
  int64_t too_long = 0;
  int64_t unequal = 0;    // lengths too different for a translation
  int64_t duplicate = 0;  // the same pair again
  int64_t kept = 0;
};

// Normalises white space and keeps the first of each good pair, in order. Adds to report.
SegmentPairs clean_pairs(SegmentPairs pairs, const CleaningOptions& options,
                         CleaningReport& report);

}  // namespace rondo
