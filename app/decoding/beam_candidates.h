#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/decoding/finish_rule.h"
#include "app/decoding/token_ranking.h"

namespace rondo {

// A hypothesis and one token more.
struct Candidate {
  double total = 0;    // log-probability, nats
  int64_t parent = 0;  // row
  int32_t token = 0;
  float log_prob = 0;  // of the token
};

// The rows of one sentence at one step.
struct SentenceRows {
  int64_t first = 0;                 // its number among the rows of the batch
  std::span<const double> totals{};  // [width], log-probability so far
};

// The most candidates of one sentence, best first; among equals the one of the earlier row and of
// the better token comes first. most <= width * best.each.
std::vector<Candidate> best_candidates(const SentenceRows& rows, const RankedTokens& best,
                                       int64_t most);

// What the sentence's rows report: an ending counts where it is among the beam_size best of all
// endings and candidates, endings first among equals; otherwise its end_log_prob is -inf.
std::vector<RowReport> report_rows(const SentenceRows& rows, std::span<const float> ends,
                                   std::span<const Candidate> candidates, int64_t beam_size);

}  // namespace rondo
