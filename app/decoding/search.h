#pragma once

#include <torch/torch.h>

#include <vector>

#include "app/decoding/hypothesis.h"
#include "app/decoding/options.h"
#include "models/seq2seq.h"

namespace rondo {

struct SearchInput {
  torch::Tensor source;   // [time, batch] int64, </s> last, then <pad>, on the model's device
  torch::Tensor lengths;  // [batch] int64, same device
  bool with_attention = false;
};

// Best first, options.n_best each, one list a sentence. Beam 1 takes the greedy path. Puts the
// model in evaluation mode while it runs; no gradient is recorded.
std::vector<std::vector<Hypothesis>> search(Seq2SeqImpl& model, const SearchInput& input,
                                            const SearchOptions& options);

}  // namespace rondo
