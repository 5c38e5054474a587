#pragma once

#include <torch/torch.h>

#include <span>
#include <vector>

#include "app/decoding/ensemble_options.h"
#include "app/decoding/hypothesis.h"
#include "app/decoding/options.h"
#include "models/seq2seq.h"

namespace rondo {

struct SearchInput {
  torch::Tensor source;   // [time, batch] int64, </s> last, then <pad>, on the model's device
  torch::Tensor lengths;  // [batch] int64, same device
  bool with_attention = false;
  // [selected] int64, ascending, with the special tokens, same device: the only target pieces that
  // are considered, as if there were no others; undefined = all.
  torch::Tensor vocabulary{};
};

// Best first, options.n_best each, one list a sentence. Beam 1 takes the greedy path. Puts the
// model in evaluation mode while it runs; no gradient is recorded.
std::vector<std::vector<Hypothesis>> search(Seq2SeqImpl& model, const SearchInput& input,
                                            const SearchOptions& options);

// The same with several models of the same vocabularies, at least one, which choose each token
// together. Throws ConfigError where the weights do not fit.
std::vector<std::vector<Hypothesis>> search(std::span<Seq2SeqImpl* const> models,
                                            const SearchInput& input, const SearchOptions& options,
                                            const EnsembleOptions& ensemble);

}  // namespace rondo
