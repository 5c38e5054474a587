#include "app/metrics/chrf.h"

#include <algorithm>

#include "app/metrics/ngram_numbering.h"
#include "app/metrics/unicode_text.h"

namespace rondo {
namespace {

constexpr std::u32string_view kAsciiPunctuation = U"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

bool is_ascii_punctuation(char32_t c) { return kAsciiPunctuation.find(c) != std::u32string::npos; }

// One mark comes off each word: the last, or else the first.
std::vector<std::u32string_view> words_and_marks(std::u32string_view text) {
  std::vector<std::u32string_view> words;
  for (std::u32string_view word : split_words(text)) {
    const size_t last = word.size() - 1;
    size_t cut = 0;
    if (last > 0 && is_ascii_punctuation(word[last])) {
      cut = last;
    } else if (last > 0 && is_ascii_punctuation(word[0])) {
      cut = 1;
    }
    if (cut > 0) words.push_back(word.substr(0, cut));
    words.push_back(word.substr(cut));
  }
  return words;
}

SymbolSequence characters(std::u32string_view text, bool whitespace) {
  SymbolSequence symbols;
  symbols.reserve(text.size());
  for (char32_t c : text) {
    if (whitespace || !is_space(c)) symbols.push_back(c);
  }
  return symbols;
}

// Sequence 0 is the hypothesis. Appends `orders` counts to each reference's statistics.
void append_counts(NgramNumbering numbering, int orders, std::vector<ChrfStatistics>& references) {
  for (int n = 0; n < orders; ++n) {
    if (n > 0) numbering.lengthen();
    const auto hypothesis = numbering.counts(0);
    for (size_t i = 0; i < references.size(); ++i) {
      const int64_t ngrams = numbering.total(i + 1);
      // A reference too short for this order does not count against the hypothesis.
      references[i].push_back({ngrams > 0 ? numbering.total(0) : 0, ngrams,
                               clipped_matches(hypothesis, numbering.counts(i + 1))});
    }
  }
}

double f_score(double precision, double recall, double factor) {
  return (1 + factor) * precision * recall / (factor * precision + recall);
}

double smoothed_score(const ChrfStatistics& statistics, double factor) {
  constexpr double kEpsilon = 1e-16;
  double sum = 0;
  for (const auto& [hypothesis, reference, matches] : statistics) {
    const auto hits = static_cast<double>(matches);
    const double precision = hypothesis > 0 ? hits / static_cast<double>(hypothesis) : kEpsilon;
    const double recall = reference > 0 ? hits / static_cast<double>(reference) : kEpsilon;
    sum += precision + recall > 0 ? f_score(precision, recall, factor) : kEpsilon;
  }
  return 100 * sum / static_cast<double>(statistics.size());
}

// Over the orders that both sides have n-grams of.
double effective_order_score(const ChrfStatistics& statistics, double factor) {
  double precision = 0, recall = 0;
  int orders = 0;
  for (const auto& [hypothesis, reference, matches] : statistics) {
    if (hypothesis == 0 || reference == 0) continue;
    precision += static_cast<double>(matches) / static_cast<double>(hypothesis);
    recall += static_cast<double>(matches) / static_cast<double>(reference);
    ++orders;
  }
  if (precision + recall == 0) return 0;
  return 100 * f_score(precision / orders, recall / orders, factor);
}

}  // namespace

ChrfStatistics chrf_statistics(std::string_view hypothesis,
                               std::span<const std::string_view> references,
                               const ChrfOptions& options) {
  std::vector<std::u32string> texts{decode_utf8(hypothesis)};
  for (std::string_view reference : references) texts.push_back(decode_utf8(reference));
  std::vector<SymbolSequence> symbols;
  std::vector<std::vector<std::u32string_view>> words;
  for (auto& text : texts) {
    if (options.lowercase) text = lowercase(text);
    symbols.push_back(characters(text, options.whitespace));
    words.push_back(words_and_marks(text));
  }
  std::vector<ChrfStatistics> candidates(references.size());
  append_counts(NgramNumbering(std::move(symbols)), options.char_order, candidates);
  append_counts(NgramNumbering(number_words(words)), options.word_order, candidates);
  return *std::max_element(candidates.begin(), candidates.end(), [&](auto& a, auto& b) {
    return chrf_score(a, options).score < chrf_score(b, options).score;
  });
}

ChrfScore chrf_score(const ChrfStatistics& statistics, const ChrfOptions& options) {
  const double factor = options.beta * options.beta;
  return {options.eps_smoothing ? smoothed_score(statistics, factor)
                                : effective_order_score(statistics, factor)};
}

ChrfScore corpus_chrf(std::span<const std::string> hypotheses, const References& references,
                      const ChrfOptions& options) {
  references.check_line_count(hypotheses.size());
  ChrfStatistics sum(options.char_order + options.word_order);
  for (size_t i = 0; i < hypotheses.size(); ++i) {
    const auto sentence = chrf_statistics(hypotheses[i], references.of_line(i), options);
    for (size_t n = 0; n < sum.size(); ++n) {
      sum[n].hypothesis += sentence[n].hypothesis;
      sum[n].reference += sentence[n].reference;
      sum[n].matches += sentence[n].matches;
    }
  }
  return chrf_score(sum, options);
}

}  // namespace rondo
