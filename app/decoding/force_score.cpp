#include "app/decoding/force_score.h"

#include "app/decoding/eval_scope.h"
#include "models/loss.h"
#include "models/masking.h"

namespace rondo {

std::vector<std::vector<float>> force_score(Seq2SeqImpl& model, const Batch& batch) {
  torch::NoGradGuard no_grad;
  EvalScope evaluating(model);
  const auto device = batch.source.device();
  const auto output = model.forward(batch.source, batch.source_lengths.to(device), batch.target_in);
  // Only real tokens meet the vocabulary; sentence by sentence, so that they are easily cut apart.
  const auto mask = length_mask(batch.target_lengths.to(device), batch.target_out.size(0)).t();
  const auto features = output.features.transpose(0, 1).index({mask});  // [tokens, features]
  const auto targets = batch.target_out.t().index({mask});              // [tokens]
  const auto& decoder = model.decoder();
  const auto scores =
      target_log_probs(features, decoder.output_weight(), decoder.output_bias(), targets)
          .to(torch::kCPU, torch::kFloat)
          .contiguous();
  std::vector<std::vector<float>> found;
  const float* next = scores.data_ptr<float>();
  for (int64_t i = 0; i < batch.target_lengths.size(0); ++i) {
    const int64_t length = batch.target_lengths[i].item<int64_t>();
    found.emplace_back(next, next + length);
    next += length;
  }
  return found;
}

}  // namespace rondo
