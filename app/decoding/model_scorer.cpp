#include "app/decoding/model_scorer.h"

namespace rondo {

ModelScorer::ModelScorer(Seq2SeqImpl& model, const torch::Tensor& source,
                         const torch::Tensor& lengths)
    : decoder_(model.decoder()) {
  const EncoderOutput encoded = model.encoder()->forward(source, lengths);
  memory_ = decoder_.remember(encoded);
  state_ = decoder_.initial_state(encoded);
}

StepScores ModelScorer::step(const torch::Tensor& tokens) {
  DecoderOutput output = decoder_.forward(tokens.unsqueeze(0), memory_, state_);
  state_ = std::move(output.state);
  StepScores scores{.logits = decoder_.logits(output.features[0])};
  if (output.attention.defined()) scores.attention = output.attention[0];
  return scores;
}

void ModelScorer::select(const torch::Tensor& rows, const torch::Tensor& sentences) {
  state_ = select_rows(state_, rows);
  if (sentences.defined()) memory_ = select_rows(memory_, sentences);
}

}  // namespace rondo
