#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

// An exported program beside the program that wrote it, over the same lines.
namespace rondo {

struct Answer {
  std::string text{};
  double score = 0;
};

// One answer a line, in order.
using Answerer = std::function<std::vector<Answer>(std::span<const std::string>)>;

struct DifferentAnswer {
  int64_t line = 0;  // from 1
  Answer ours{}, exported{};
};

struct Comparison {
  int64_t lines = 0;
  int64_t different_texts = 0;
  int64_t failing = 0;  // another text, or a score farther off than the tolerance
  double greatest_difference = 0;
  std::vector<DifferentAnswer> first_failing{};  // at most three
  double our_seconds = 0, exported_seconds = 0;
};

inline constexpr double kScoreTolerance = 1e-4;

// Feeds both with `block` lines at a time, in turns, so that a machine that becomes slower does so
// for both. Scores are looked at where the texts agree; NaN is farther off than any tolerance.
Comparison compare_answers(const Answerer& ours, const Answerer& exported,
                           std::span<const std::string> lines, size_t block);

// A table for a reader, and the first lines that fail.
std::string to_text(const Comparison& comparison);

}  // namespace rondo
