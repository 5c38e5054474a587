#include "app/decoding/mistakes.h"

#include <algorithm>
#include <cmath>

#include "app/report/axis.h"

namespace rondo {
namespace {

std::string names_of(const std::vector<int64_t>& numbers, const LabelSet& labels) {
  std::string names;
  for (const int64_t number : numbers) {
    names += (names.empty() ? "" : ", ") + labels.name(number);
  }
  return numbers.empty() ? "none" : names;
}

// How far the probability of the label that is most wrong is from 0 or 1.
double largest_distance(const Scored& scored, const std::vector<int64_t>& labels) {
  double largest = 0;
  for (size_t i = 0; i < scored.probabilities.size(); ++i) {
    const bool truth =
        std::find(labels.begin(), labels.end(), static_cast<int64_t>(i)) != labels.end();
    largest = std::max(largest, std::abs(scored.probabilities[i] - (truth ? 1.0 : 0.0)));
  }
  return largest;
}

double confidence_of(const Scored& scored, const Target& target, TargetType targets) {
  if (targets == TargetType::value) return std::abs(scored.probabilities.front() - target.value);
  if (targets == TargetType::multi_label) return largest_distance(scored, target.labels);
  return scored.probabilities[static_cast<size_t>(scored.decided.front())];
}

bool is_wrong(const Scored& scored, const Target& target, TargetType targets) {
  return targets == TargetType::value || scored.decided != target.labels;
}

struct Candidate {
  size_t index = 0;
  double confidence = 0;
};

std::vector<Candidate> surest_first(const LabelledText& text, std::span<const Scored> scored,
                                    TargetType targets, size_t most) {
  std::vector<Candidate> wrong;
  for (size_t i = 0; i < scored.size(); ++i) {
    if (!is_wrong(scored[i], text.targets[i], targets)) continue;
    wrong.push_back({i, confidence_of(scored[i], text.targets[i], targets)});
  }
  std::stable_sort(wrong.begin(), wrong.end(), [](const Candidate& a, const Candidate& b) {
    return a.confidence > b.confidence;
  });
  wrong.resize(std::min(wrong.size(), most));
  return wrong;
}

// On one line, cut between two letters.
std::string cropped(std::string text) {
  constexpr size_t kMostBytes = 300;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  std::replace_if(text.begin(), text.end(), is_control, ' ');
  if (text.size() <= kMostBytes) return text;
  size_t end = kMostBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

std::vector<Mistake> worst_mistakes(const LabelledText& text, std::span<const Scored> scored,
                                    TargetType targets, size_t most) {
  const bool values = targets == TargetType::value;
  std::vector<Mistake> mistakes;
  for (const auto& [index, confidence] : surest_first(text, scored, targets, most)) {
    const Target& target = text.targets[index];
    const Scored& answer = scored[index];
    mistakes.push_back(
        {.line = text.line_numbers[index],
         .text = text.lines[index],
         .label = values ? short_number(target.value) : names_of(target.labels, text.labels),
         .prediction = values ? short_number(answer.probabilities.front())
                              : names_of(answer.decided, text.labels),
         .confidence = confidence});
  }
  return mistakes;
}

std::string to_text(std::span<const Mistake> mistakes, const std::string& file) {
  std::string text;
  for (const Mistake& mistake : mistakes) {
    text += file + ':' + std::to_string(mistake.line) + ": " + mistake.prediction + " (" +
            fixed_number(mistake.confidence, 4) + "), is " + mistake.label + ": " +
            cropped(mistake.text) + '\n';
  }
  return text;
}

}  // namespace rondo
