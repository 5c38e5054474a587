#include "app/decoding/forced_translation.h"

#include <numeric>

#include "app/data/batch.h"
#include "app/decoding/eval_scope.h"
#include "app/decoding/force_score.h"
#include "app/machine/precision.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

std::vector<std::string> pieces_with_end(const Tokenizer& tokenizer, std::span<const int32_t> ids) {
  std::vector<std::string> pieces;
  for (const int32_t id : ids) pieces.push_back(tokenizer.piece(id));
  pieces.emplace_back(kEosPiece);
  return pieces;
}

// weights [target_time, source_time]
std::vector<std::vector<float>> rows_of(const torch::Tensor& weights) {
  const torch::Tensor table = weights.to(torch::kCPU, torch::kFloat).contiguous();
  std::vector<std::vector<float>> rows;
  for (int64_t row = 0; row < table.size(0); ++row) {
    const float* begin = table.data_ptr<float>() + row * table.size(1);
    rows.emplace_back(begin, begin + table.size(1));
  }
  return rows;
}

}  // namespace

Translation forced_translation(const ReadyModel& ready, const std::string& source,
                               const std::string& target) {
  TranslationModel& model = *ready.model;
  TokenTable sources, targets;
  sources.push_back(model.source_tokenizer->encode(source));
  targets.push_back(model.target_tokenizer->encode(target));
  const int64_t only = 0;
  Batch batch = make_batch(sources, targets, {&only, 1});
  batch.source = batch.source.to(ready.device);
  batch.target_in = batch.target_in.to(ready.device);
  batch.target_out = batch.target_out.to(ready.device);
  const torch::NoGradGuard no_grad;
  const AutocastScope autocast(ready.device, ready.bf16);
  const EvalScope evaluating(*model.network);
  Translation translation{.text = target,
                          .source_pieces = pieces_with_end(*model.source_tokenizer, sources[0]),
                          .target_pieces = pieces_with_end(*model.target_tokenizer, targets[0]),
                          .token_log_probs = force_score(*model.network, batch).front()};
  translation.log_prob =
      std::accumulate(translation.token_log_probs.begin(), translation.token_log_probs.end(), 0.0);
  translation.score = translation.log_prob;
  const torch::Tensor attention =
      model.network->forward(batch.source, batch.source_lengths.to(ready.device), batch.target_in)
          .attention;
  if (attention.defined()) translation.attention = rows_of(attention.select(1, 0));
  return translation;
}

}  // namespace rondo
