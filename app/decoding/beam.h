#pragma once

#include <torch/torch.h>

#include <vector>

#include "app/decoding/hypothesis.h"
#include "app/decoding/options.h"
#include "app/decoding/step_scorer.h"

namespace rondo {

// Beam search over a batch of sentences at once; beam_size 1 takes the greedy path. The scorer
// starts with one row a sentence. source_lengths [batch] int64, </s> counted, on the scorer's
// device. Returns options.n_best hypotheses a sentence, best first; fewer where the vocabulary and
// the limits allow no more.
//
// The device scores and ranks the tokens of a step; one small table a step comes to the host, which
// keeps the hypotheses and lets sentences that are done leave the batch.
std::vector<std::vector<Hypothesis>> beam_search(StepScorer& scorer,
                                                 const torch::Tensor& source_lengths,
                                                 const SearchOptions& options,
                                                 bool with_attention = false);

}  // namespace rondo
