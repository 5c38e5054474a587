#pragma once

#include <cstdint>

#include "app/corpora/labelled_sentence.h"

namespace rondo {

struct SentenceParts {
  LabelledSentences train, dev, test;
  int64_t near_copies = 0;  // left out of dev and test
};

// Splits by a hash of the group, or of the text where there is none: a tenth to test, a tenth to
// dev. The same groups give the same parts whatever else is there. A sentence of test half of whose
// runs of four words are in train, or of dev in train or test, is a near copy and left out.
SentenceParts partition_sentences(LabelledSentences sentences);

}  // namespace rondo
