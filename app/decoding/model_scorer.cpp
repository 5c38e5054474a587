#include "app/decoding/model_scorer.h"

#include "app/decoding/logit_ranking.h"

namespace rondo {

ModelScorer::ModelScorer(Seq2SeqImpl& model, const torch::Tensor& source,
                         const torch::Tensor& lengths, const torch::Tensor& vocabulary)
    : decoder_(model.decoder()) {
  const EncoderOutput encoded = model.encoder()->forward(source, lengths);
  memory_ = decoder_.remember(encoded);
  state_ = decoder_.initial_state(encoded);
  if (vocabulary.defined()) selection_ = decoder_.select_output(vocabulary);
}

ModelScorer::Advance ModelScorer::advance(const torch::Tensor& tokens) {
  const auto pieces = selection_.defined() ? selection_.ids().index_select(0, tokens) : tokens;
  DecoderOutput output = decoder_.forward(pieces.unsqueeze(0), memory_, state_);
  state_ = std::move(output.state);
  return {output.features[0], output.attention.defined() ? output.attention[0] : torch::Tensor()};
}

StepScores ModelScorer::step(const torch::Tensor& tokens) {
  const auto [features, attention] = advance(tokens);
  return {selection_.defined() ? selection_.logits(features) : decoder_.logits(features),
          attention};
}

RankedStep ModelScorer::rank(const torch::Tensor& tokens, int64_t each,
                             const BannedTokens& banned) {
  const PackedLinear& output = decoder_.packed_output();
  if (selection_.defined() || !output.defined()) return StepScorer::rank(tokens, each, banned);
  const Advance advanced = advance(tokens);
  return {rank_products(advanced.features, output, each, banned), advanced.attention};
}

void ModelScorer::select(const torch::Tensor& rows, const torch::Tensor& sentences) {
  const auto device = memory_.values.device();
  state_ = select_rows(state_, rows.to(device));
  if (sentences.defined()) memory_ = select_rows(memory_, sentences.to(device));
}

}  // namespace rondo
