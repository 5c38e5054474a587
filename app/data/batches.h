#pragma once

#include <cstdint>
#include <vector>

#include "app/data/options.h"
#include "tokenizers/token_table.h"

namespace rondo {

// Which pairs train together, and in what order: each inner vector holds the indices of one batch.
//
// Pairs of like lengths share a batch, so that little of it is padding: the epoch is shuffled, cut
// into pools of many batches, each pool sorted by length and cut into batches, and the batches
// shuffled. BatchType::token fills a batch until its targets, padded and with </s>, would pass
// batch_size, or its sources the same in proportion twice over; a pair that is longer by itself
// makes a batch of its own. Every pair comes exactly once. A function of its arguments alone, the
// same on every machine.
std::vector<std::vector<int64_t>> make_batches(const TokenTable& source, const TokenTable& target,
                                               const BatchOptions& options, int64_t epoch);

// The same of these pairs alone, of which some may come more than once.
std::vector<std::vector<int64_t>> make_batches(const TokenTable& source, const TokenTable& target,
                                               std::vector<int64_t> pairs,
                                               const BatchOptions& options, int64_t epoch);

}  // namespace rondo
