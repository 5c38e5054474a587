#pragma once

#include <cstdint>

#include "models/classifier.h"
#include "models/seq2seq.h"

namespace rondo {

// Multiply-adds of a forward pass that are matrix products, told from the parameters themselves.
// Embedding look-ups, gates, softmax and losses are not counted, and neither is padding: what is
// reported as a share of the machine's matrix-product rate is a lower bound.
struct MatrixWork {
  double per_sentence = 0;      // bridge, a classifier's output layer
  double per_source_token = 0;  // encoder, attention keys, pooling
  double per_target_token = 0;  // decoder, output layer
  double per_pair = 0;          // attention: each target token with each source token
};

MatrixWork matrix_work(Seq2SeqImpl& model);
MatrixWork matrix_work(ClassifierImpl& model);

// Floating-point operations of one training update: two a multiply-add, and three products for
// each of the forward pass's (forward, gradient of the input, gradient of the weight).
// pairs: sum over sentences of source length times target length.
struct TokenCounts {
  double sentences = 0, source_tokens = 0, target_tokens = 0, pairs = 0;
};
double training_flops(const MatrixWork& work, const TokenCounts& counts);

}  // namespace rondo
