#pragma once

#include <cstdint>

#include "app/corpora/labelled_sentence.h"

namespace rondo {

// Sentences read, and how many were dropped for which reason; the first that applies counts.
struct SentenceReport {
  int64_t read = 0;
  int64_t undecided = 0;     // no label
  int64_t wordless = 0;      // no letters but in addresses and @names
  int64_t duplicate = 0;     // the words of an earlier one
  int64_t contradicted = 0;  // an earlier one whose words stand under another label, too
  int64_t kept = 0;
};

// Makes all fields valid UTF-8 (U+FFFD for what is not), normalises their white space and keeps the
// first of all sentences of the same words (words_of_copies), in order. Adds to report.
LabelledSentences clean_sentences(LabelledSentences sentences, SentenceReport& report);

}  // namespace rondo
