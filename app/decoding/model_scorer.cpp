#include "app/decoding/model_scorer.h"

namespace rondo {

ModelScorer::ModelScorer(Seq2SeqImpl& model, const torch::Tensor& source,
                         const torch::Tensor& lengths, const torch::Tensor& vocabulary)
    : decoder_(model.decoder()) {
  const EncoderOutput encoded = model.encoder()->forward(source, lengths);
  memory_ = decoder_.remember(encoded);
  state_ = decoder_.initial_state(encoded);
  if (vocabulary.defined()) selection_ = decoder_.select_output(vocabulary);
}

StepScores ModelScorer::step(const torch::Tensor& tokens) {
  const bool selects = selection_.defined();
  const auto pieces = selects ? selection_.ids().index_select(0, tokens) : tokens;
  DecoderOutput output = decoder_.forward(pieces.unsqueeze(0), memory_, state_);
  state_ = std::move(output.state);
  const auto& features = output.features[0];
  StepScores scores{.logits = selects ? selection_.logits(features) : decoder_.logits(features)};
  if (output.attention.defined()) scores.attention = output.attention[0];
  return scores;
}

void ModelScorer::select(const torch::Tensor& rows, const torch::Tensor& sentences) {
  state_ = select_rows(state_, rows);
  if (sentences.defined()) memory_ = select_rows(memory_, sentences);
}

}  // namespace rondo
