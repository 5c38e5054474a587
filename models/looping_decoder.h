#pragma once

#include "models/decoder.h"
#include "models/steps/decoder_loop.h"

namespace rondo {

// A decoder whose steps wait for one another. On a CPU it runs all steps of a sequence in one loop
// with its own way back; elsewhere, and for single steps, the layers are called step by step.
class LoopingDecoder : public DecoderImpl {
 protected:
  using DecoderImpl::DecoderImpl;

  // int8 weights and traced layers are for the layers themselves.
  bool may_loop(const torch::Tensor& tokens, const AttentionMemory& memory) const;
  // Draws the masks. sizes: time and rows.
  DecoderLoopPlan loop_plan(torch::IntArrayRef sizes) const;
  // embedded [time, rows, embedding]: its share of the first layer's gates is made here, of all
  // steps at once.
  DecoderLoopTensors loop_tensors(const torch::Tensor& embedded, const AttentionMemory& memory,
                                  const Pass& pass) const;

 private:
  StepMask mask_at(size_t place, torch::IntArrayRef sizes, int64_t width) const;
  CellTensors cell_tensors(size_t layer, const torch::Tensor& embedded, const Pass& pass) const;
};

}  // namespace rondo
