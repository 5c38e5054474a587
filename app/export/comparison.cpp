#include "app/export/comparison.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace rondo {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kMostShown = 3;

std::vector<Answer> timed(const Answerer& answerer, std::span<const std::string> lines,
                          double& seconds) {
  const auto start = Clock::now();
  auto answers = answerer(lines);
  seconds += std::chrono::duration<double>(Clock::now() - start).count();
  return answers;
}

void compare_line(const Answer& ours, const Answer& exported, Comparison& all) {
  ++all.lines;
  const bool same_text = ours.text == exported.text;
  const double difference = std::abs(ours.score - exported.score);
  all.different_texts += !same_text;
  // Written so that NaN counts as far off.
  if (same_text && !(difference <= all.greatest_difference)) all.greatest_difference = difference;
  if (same_text && difference <= kScoreTolerance) return;
  ++all.failing;
  if (all.first_failing.size() < kMostShown) {
    all.first_failing.push_back({all.lines, ours, exported});
  }
}

template <typename... Values>
std::string formatted(const char* format, Values... values) {
  std::array<char, 200> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

double rate(int64_t lines, double seconds) {
  return seconds > 0 ? static_cast<double>(lines) / seconds : 0.0;
}

}  // namespace

Comparison compare_answers(const Answerer& ours, const Answerer& exported,
                           std::span<const std::string> lines, size_t block) {
  Comparison all;
  bool exported_first = false;
  for (size_t begin = 0; begin < lines.size(); begin += block) {
    const auto part = lines.subspan(begin, std::min(block, lines.size() - begin));
    std::vector<Answer> our_answers, exported_answers;
    if (exported_first) exported_answers = timed(exported, part, all.exported_seconds);
    our_answers = timed(ours, part, all.our_seconds);
    if (!exported_first) exported_answers = timed(exported, part, all.exported_seconds);
    exported_first = !exported_first;
    for (size_t i = 0; i < part.size(); ++i) {
      compare_line(our_answers.at(i), exported_answers.at(i), all);
    }
  }
  return all;
}

std::string to_text(const Comparison& comparison) {
  const double ours = rate(comparison.lines, comparison.our_seconds);
  const double exported = rate(comparison.lines, comparison.exported_seconds);
  std::string text =
      formatted("lines                        %lld\n", static_cast<long long>(comparison.lines)) +
      formatted("lines with another answer    %lld\n",
                static_cast<long long>(comparison.different_texts)) +
      formatted("greatest score difference    %.2g\n", comparison.greatest_difference) +
      formatted("lines/s, rondo               %.1f\n", ours) +
      formatted("lines/s, exported            %.1f (%.2f of rondo)\n", exported,
                ours > 0 ? exported / ours : 0.0);
  for (const auto& different : comparison.first_failing) {
    text += formatted("line %lld\n", static_cast<long long>(different.line)) +
            formatted("  rondo     %.6f  ", different.ours.score) + different.ours.text + '\n' +
            formatted("  exported  %.6f  ", different.exported.score) + different.exported.text +
            '\n';
  }
  return text;
}

}  // namespace rondo
