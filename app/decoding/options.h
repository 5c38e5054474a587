#pragma once

#include <cstdint>
#include <string>

namespace rondo {

// How a translation is searched for.
struct SearchOptions {
  int64_t beam_size = 5;          // 1 = greedy
  double beam_alpha = 1.0;        // length normalisation ((5 + length) / 6)^alpha, Wu et al. 2016
                                  // eq. 14; 0 = off
  double coverage_penalty = 0.0;  // beta of Wu et al. 2016 eq. 14; 0 = off
  double min_length_ratio = 0.0;  // of the source length in tokens
  double max_length_ratio = 3.0;  // of the source length in tokens, plus 10
  int64_t no_repeat_ngram_size = 0;  // 0 = off
  int64_t n_best = 1;                // at most beam_size
  bool generate_unk = false;         // whether <unk> may be put out

  bool operator==(const SearchOptions&) const = default;
};

// Which target pieces a translation may hold; see shortlist.h. Marian's names and defaults.
struct ShortlistOptions {
  std::string table{};     // a file; "model" = the one in the model file; empty = all pieces
  int64_t first = 100;     // the most frequent target pieces, always among them
  int64_t best = 100;      // of each source piece, its likeliest target pieces
  double threshold = 0.0;  // least probability of these

  bool operator==(const ShortlistOptions&) const = default;
};

// How text is fed to the search.
struct TestingOptions {
  SearchOptions search{};
  int64_t batch_size = 64;         // sentences decoded at once
  int64_t max_input_length = 200;  // source tokens; longer input is split at sentence ends
  bool crop_long_input = false;    // crop instead of split
  ShortlistOptions shortlist{};

  bool operator==(const TestingOptions&) const = default;
};

// How text is fed to a classifier, and how its answer is read.
struct ScoringOptions {
  int64_t batch_size = 4096;    // pieces scored at once, padding counted
  int64_t max_length = 400;     // pieces; longer text is read in windows
  int64_t window_overlap = 50;  // pieces that neighbouring windows share; below max_length
  double temperature = 1.0;  // logits are divided by it (Guo et al. 2017); fitted on the dev text
  double threshold = 0.5;    // two classes, multi_label: from which probability on; chosen on dev

  bool operator==(const ScoringOptions&) const = default;
};

}  // namespace rondo
