#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/decoding/word_weights.h"

// Why a classifier answers as it does. Torch-free to include.
namespace rondo {

class ClassifierImpl;

// attention: how much the pooling attends to a piece, mean over heads; sums to 1.
// gradient: the output's gradient times the embedded piece (Shrikumar et al. 2016).
// integrated: the same gradient averaged on the way from embeddings of zero; sums to the output
// less that of zeros (Sundararajan et al. 2017). leave_one_out: how much the output falls when a
// word is left out (Li et al. 2016).
enum class ExplainMethod { attention, gradient, integrated, leave_one_out };

inline constexpr int64_t kAllOutputs = -1;

struct ExplainOptions {
  ExplainMethod method = ExplainMethod::integrated;
  int64_t output = 0;         // the logit that is explained; kAllOutputs = the mean of all
  int64_t steps = 32;         // integrated: midpoints on the way
  int64_t batch_size = 4096;  // pieces read at once
};

// The weight of each piece of a text that ends in </s>: [pieces]. words [pieces]: the number of
// each one's word, from 0 on, -1 for </s>. leave_one_out gives a word's weight to its first piece,
// and none to </s>. The network must be in evaluation mode. Throws ConfigError when its pooling has
// no attention to show.
std::vector<double> piece_weights(ClassifierImpl& network, std::span<const int32_t> ids,
                                  std::span<const int64_t> words, const ExplainOptions& options);

// One line's answer and what its words do to it. A weight above 0 speaks for the answer.
struct Explanation {
  ExplainMethod method = ExplainMethod::integrated;
  std::string text{};      // valid UTF-8
  std::string label{};     // what was decided, of several the likeliest; empty for a value
  double probability = 0;  // of that label; the value itself for a value
  double logit = 0;        // what is explained: the label's; of ordinal labels the mean of all
  WordWeights weights{};
};

}  // namespace rondo
