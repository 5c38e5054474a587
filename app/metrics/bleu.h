#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/metrics/mteval_tokenizer.h"
#include "app/metrics/references.h"

// BLEU (Papineni et al. 2002) as sacreBLEU 2.6 counts it.
namespace rondo {

inline constexpr int kBleuOrder = 4;

// What an n-gram precision becomes when nothing matched; Chen and Cherry 2014.
enum class BleuSmoothing {
  exponential,  // "exp", method 3: 1/2, 1/4, 1/8 ... of a match
  floor,        // "floor", method 1: smoothing_value matches; by default 0.1
  add_k,        // "add-k", method 2: smoothing_value more matches and n-grams, n > 1; by default 1
  none,         // "none": 0, and the score with it
};

struct BleuOptions {
  BleuTokenizer tokenizer = BleuTokenizer::v13a;
  bool lowercase = false;
  BleuSmoothing smoothing = BleuSmoothing::exponential;
  std::optional<double> smoothing_value{};  // floor and add_k only
  bool effective_order = false;  // leave out n-gram orders that the hypothesis is too short for
};

// What BLEU counts, a sentence's or a corpus's: these add, scores do not.
struct BleuStatistics {
  int64_t hypothesis_length = 0;
  int64_t reference_length = 0;  // of the reference of the closest length
  std::array<int64_t, kBleuOrder> matches{};
  std::array<int64_t, kBleuOrder> ngrams{};  // of the hypothesis

  BleuStatistics& operator+=(const BleuStatistics& other);
};

struct BleuScore {
  double score = 0;                             // 0 to 100
  std::array<double, kBleuOrder> precisions{};  // 0 to 100, smoothed
  double brevity_penalty = 1;
  BleuStatistics statistics{};
};

BleuStatistics bleu_statistics(std::string_view hypothesis,
                               std::span<const std::string_view> references,
                               const BleuOptions& options = {});

BleuScore bleu_score(const BleuStatistics& statistics, const BleuOptions& options = {});

// Throws DataError when the numbers of lines differ.
BleuScore corpus_bleu(std::span<const std::string> hypotheses, const References& references,
                      const BleuOptions& options = {});

// With effective order, whatever options say: short sentences would score 0 without.
BleuScore sentence_bleu(std::string_view hypothesis, std::span<const std::string_view> references,
                        BleuOptions options = {});

std::string_view smoothing_name(BleuSmoothing smoothing);

// Throws ConfigError that lists the names when there is none such.
BleuSmoothing smoothing_by_name(std::string_view name);

// The smoothing value in force: the option, or the method's default. 0 for methods without one.
double smoothing_value(const BleuOptions& options);

}  // namespace rondo
