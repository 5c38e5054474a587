#pragma once

#include <string>
#include <vector>

namespace rondo {

// A run of words, and whether the other text has it too.
struct WordRun {
  std::string text{};  // with single spaces as they stood
  bool shared = true;
  bool operator==(const WordRun&) const = default;
};

struct WordDifference {
  std::vector<WordRun> left{}, right{};
};

// By the longest common subsequence of words; each East Asian character counts as one. Texts too
// long to compare (over 4 million pairs of words) share nothing.
WordDifference word_difference(const std::string& left, const std::string& right);

// Markup readable without colour: <del>[only in the left text]</del>, <ins>{only in the
// right}</ins>.
std::string marked_left(const WordDifference& difference);
std::string marked_right(const WordDifference& difference);

}  // namespace rondo
