#pragma once

#include <string>

#include "app/decoding/shortlist.h"
#include "tokenizers/token_table.h"

namespace rondo {

// How well shortlists, one a line, serve a text of which the translation is known.
struct ShortlistCoverage {
  int64_t lines = 0, pieces = 0;  // pieces of the target
  int64_t covered_pieces = 0;     // that their line's shortlist holds
  int64_t covered_lines = 0;      // of which it holds all pieces
  int64_t listed = 0;             // pieces in the shortlists of all lines
};

// Of the first `most` lines of a text.
ShortlistCoverage shortlist_coverage(const Shortlist& shortlist, const TokenTable& source,
                                     const TokenTable& target, int64_t most);

// "of 1000 lines: 412 pieces listed a line, which hold 99.31% of the target's pieces and ...".
std::string describe(const ShortlistCoverage& coverage);

}  // namespace rondo
