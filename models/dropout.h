#pragma once

#include <torch/torch.h>

namespace rondo {

// Inverted dropout (Srivastava et al. 2014): while training, each element is zero with probability
// rate, in [0, 1), and otherwise divided by 1 - rate. On a CPU one draw of 64 random bits decides
// four elements, a third of the cost of torch::dropout; rate is then met to 1/65536.
torch::Tensor inverted_dropout(const torch::Tensor& input, double rate, bool training);

// The same with fewer decisions, on sequences [time, batch, dim].
// variational: the same elements of a sentence's vectors at every step (Gal & Ghahramani 2016).
// word: whole vectors, each occurrence of a word by itself (Iyyer et al. 2015; Gal & Ghahramani
// drop all of them). The kept ones are scaled up, as Merity et al. 2018 do, so that sums and means
// over a sentence keep their expectation.
torch::Tensor variational_dropout(const torch::Tensor& sequence, double rate, bool training);
torch::Tensor word_dropout(const torch::Tensor& sequence, double rate, bool training);

// Whole columns of a matrix [to, from]: units of what it reads, for all that is read.
torch::Tensor column_dropout(const torch::Tensor& matrix, double rate, bool training);

// Variational dropout of sequences that are read in several calls, as a decoder reads them step by
// step: the mask of the first call holds for the others, whose batch and dim must be the same.
class HeldDropout {
 public:
  torch::Tensor apply(const torch::Tensor& sequence, double rate, bool training);

 private:
  torch::Tensor mask_;  // [1, batch, dim]
};

}  // namespace rondo
