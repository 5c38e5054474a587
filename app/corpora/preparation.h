#pragma once

#include <string>

#include "app/corpora/cleaning.h"
#include "app/corpora/corpus_files.h"
#include "app/corpora/partition.h"

namespace rondo {

struct PreparationOptions {
  CleaningOptions cleaning{};
  PartitionOptions partition{};
  CorpusOutput output{};
};

// Cleans, splits and writes a corpus. Returns a table for people: what was read, what was dropped
// and why, what each part holds. Throws DataError where nothing is left to train or test on.
std::string prepare_corpus(SegmentPairs pairs, const PreparationOptions& options);

}  // namespace rondo
