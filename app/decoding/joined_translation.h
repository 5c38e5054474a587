#pragma once

#include <span>
#include <vector>

#include "app/decoding/hypothesis.h"
#include "app/decoding/translator.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// One part of a line and what the search found for it, best first.
struct SearchedPart {
  std::span<const int32_t> source;
  std::span<const Hypothesis> found;
};

// The translations of a line from those of its parts, best first. The n-th joins the n-th of every
// part (or a part's last, where it has fewer): log-probabilities and scores add up, and pieces,
// each part's </s> among them, follow one another. No part gives one empty translation. text never
// holds a line break.
std::vector<Translation> join_parts(std::span<const SearchedPart> parts, const Tokenizer& source,
                                    const Tokenizer& target);

}  // namespace rondo
