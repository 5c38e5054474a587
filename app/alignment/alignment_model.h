#pragma once

#include <cstdint>
#include <vector>

#include "app/alignment/co_occurrence.h"
#include "app/alignment/lexical_table.h"

namespace rondo {

struct AlignmentOptions {
  int64_t iterations = 5;    // of expectation maximisation
  double tension = 4.0;      // how far a pair may stray from the diagonal; 0 = IBM model 1
  double null_share = 0.08;  // of target pieces that come from no source piece, in [0, 1)
  int64_t num_threads = 0;   // 0 = all cores; the result is the same for any
};

// Word alignment by expectation maximisation: each target piece comes from one source piece or from
// none, by t(target | source) times e^(-tension |i/n - j/m|) for piece i of n and j of m (Dyer et
// al. 2013, with the tension fixed; without it IBM model 1, Brown et al. 1993).
class AlignmentModel {
 public:
  // At first all pairs are equally probable.
  AlignmentModel(const AlignedText& text, const AlignmentOptions& options);

  // One pass over the text. Returns the text's log-probability by the model before it, nats.
  double improve();

  double probability(int32_t source, int32_t target) const;  // 0 where they never met
  // The rows that the limits keep, and last the share of each target piece in the text.
  LexicalTable table(const RowLimits& limits) const;

 private:
  struct Sentence;
  double expect(int64_t line, Sentence& scratch);
  void maximise();

  AlignedText text_;
  AlignmentOptions options_;
  CoOccurrence pairs_;
  std::vector<float> probabilities_;  // [pairs]
  // [pairs] in units of 2^-32: whole numbers add up to the same in any order.
  std::vector<uint64_t> counts_;
};

// Learns the table of a text in options.iterations passes.
LexicalTable learn_lexical_table(const AlignedText& text, const AlignmentOptions& options,
                                 const RowLimits& limits);

}  // namespace rondo
