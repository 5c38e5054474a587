// Classifies standard input line by line with a trained model, reading on while it scores, and
// prints what `rondo classify` prints. Needs no LibTorch header. Build it as translate_lines.cpp,
// then: ./classify_lines best.rondo < text
#include <app/decoding/sentiment_scorer.h>

#include <cstdio>
#include <exception>
#include <future>
#include <iostream>
#include <string>
#include <vector>

namespace {

constexpr size_t kLinesAtOnce = 1024;

std::vector<std::string> next_lines(std::istream& input) {
  std::vector<std::string> lines;
  for (std::string line; lines.size() < kLinesAtOnce && std::getline(input, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string six_decimals(double number) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6f", number);
  return text;
}

// The labels that were decided, mostly one, and their probabilities; a value alone.
std::string to_line(const rondo::Scored& answer, const rondo::SentimentScorer& scorer) {
  if (scorer.labels().empty()) return six_decimals(answer.probabilities.front());
  std::string labels, probabilities;
  for (const int64_t label : answer.decided) {
    const auto index = static_cast<size_t>(label);
    const bool first = label == answer.decided.front();
    labels += (first ? "" : ",") + scorer.labels()[index];
    probabilities += (first ? "" : ",") + six_decimals(answer.probabilities[index]);
  }
  return labels + '\t' + probabilities;
}

void classify_all(rondo::SentimentScorer& scorer) {
  std::future<std::vector<rondo::Scored>> answers;  // to the lines read before these
  while (true) {
    auto lines = next_lines(std::cin);
    const bool ended = lines.empty();
    auto next_answers = scorer.submit(std::move(lines));
    if (answers.valid()) {
      for (const auto& answer : answers.get()) std::cout << to_line(answer, scorer) << '\n';
      std::cout.flush();
    }
    if (ended) return;
    answers = std::move(next_answers);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: classify_lines MODEL < TEXT\n";
    return 2;
  }
  try {
    rondo::SentimentScorer scorer(argv[1]);
    classify_all(scorer);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "classify_lines: " << error.what() << '\n';
    return 1;
  }
}
