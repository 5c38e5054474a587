#include "app/metrics/ter.h"

#include <algorithm>
#include <vector>

#include "app/metrics/ngram_numbering.h"
#include "app/metrics/shift_search.h"
#include "app/metrics/unicode_text.h"

namespace rondo {
namespace {

// sacreBLEU normalises a reference twice, the second time what the first one left: &amp;lt; in a
// reference becomes <, and more full stops come off numbers than in a hypothesis.
std::u32string normalized_reference(std::string_view line, const TerOptions& options) {
  const std::u32string text = normalize_tercom(decode_utf8(line), options);
  if (!options.normalized) return text;
  std::u32string joined;
  for (std::u32string_view word : split_words(text)) joined.append(word).append(U" ");
  return normalize_tercom(joined, options);
}

}  // namespace

TerStatistics ter_statistics(std::string_view hypothesis,
                             std::span<const std::string_view> references,
                             const TerOptions& options) {
  std::vector<std::u32string> texts{normalize_tercom(decode_utf8(hypothesis), options)};
  for (std::string_view reference : references) {
    texts.push_back(normalized_reference(reference, options));
  }
  std::vector<std::vector<std::u32string_view>> words;
  for (const auto& text : texts) words.push_back(split_words(text));
  const auto numbers = number_words(words);
  TerStatistics statistics;
  for (size_t i = 1; i < numbers.size(); ++i) {
    const auto edits = static_cast<double>(edits_with_shifts(numbers[0], numbers[i]));
    statistics.edits = i == 1 ? edits : std::min(statistics.edits, edits);
    statistics.reference_length += static_cast<double>(numbers[i].size());
  }
  statistics.reference_length /= static_cast<double>(references.size());
  return statistics;
}

TerScore ter_score(const TerStatistics& statistics) {
  const auto [edits, length] = statistics;
  if (length > 0) return {100 * edits / length, statistics};
  return {edits > 0 ? 100.0 : 0.0, statistics};
}

TerScore corpus_ter(std::span<const std::string> hypotheses, const References& references,
                    const TerOptions& options) {
  references.check_line_count(hypotheses.size());
  TerStatistics sum;
  for (size_t i = 0; i < hypotheses.size(); ++i) {
    const auto sentence = ter_statistics(hypotheses[i], references.of_line(i), options);
    sum.edits += sentence.edits;
    sum.reference_length += sentence.reference_length;
  }
  return ter_score(sum);
}

}  // namespace rondo
