#pragma once

#include "app/decoding/step_scorer.h"
#include "models/seq2seq.h"

namespace rondo {

// Steps a Seq2Seq's decoder over sources encoded once. Its attention memory keeps one row a
// sentence, however many hypotheses a sentence has.
class ModelScorer : public StepScorer {
 public:
  // source [time, batch], lengths [batch], both on the model's device. The model outlives this.
  // With vocabulary [selected] int64 only these target pieces are scored, and each goes by its
  // place among them; undefined = all.
  ModelScorer(Seq2SeqImpl& model, const torch::Tensor& source, const torch::Tensor& lengths,
              const torch::Tensor& vocabulary = {});

  StepScores step(const torch::Tensor& tokens) override;
  // Of a packed model, without ever holding all logits.
  RankedStep rank(const torch::Tensor& tokens, int64_t each, const BannedTokens& banned) override;
  void select(const torch::Tensor& rows, const torch::Tensor& sentences) override;

 private:
  // What meets the vocabulary, and the attention paid; the state moves on.
  struct Advance {
    torch::Tensor features;   // [rows, features]
    torch::Tensor attention;  // [rows, source_time], or undefined
  };
  Advance advance(const torch::Tensor& tokens);

  DecoderImpl& decoder_;
  AttentionMemory memory_;
  DecoderState state_;
  OutputSelection selection_{};  // undefined without a vocabulary
};

}  // namespace rondo
