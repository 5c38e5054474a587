#pragma once

#include <string>
#include <vector>

#include "app/corpora/segment_pair.h"

namespace rondo {

struct Verse {
  std::string reference;  // "Genesis 1:1"
  std::string text;
};

// Reads lines "Book chapter:verse: text" as diatheke prints them. A line without a reference goes
// on with the verse above; tags like <G5547> are taken out; the module's name at the end is left
// out.
std::vector<Verse> parse_verses(const std::vector<std::string>& lines);

// Pairs the verses of equal reference, in the order of sources; the family is the chapter.
SegmentPairs join_verses(const std::vector<Verse>& sources, const std::vector<Verse>& targets);

}  // namespace rondo
