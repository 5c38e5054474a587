#pragma once

#include <torch/torch.h>

#include <memory>
#include <vector>

#include "models/steps/decoder_loop.h"

namespace rondo {

class StepLoop {
 public:
  virtual ~StepLoop() = default;
  virtual size_t layers() const = 0;
  virtual DecoderLoopOutput forward() = 0;  // once
  // May be called again, with other gradients.
  virtual DecoderLoopTensors backward(const DecoderLoopOutput& at) = 0;
};

std::unique_ptr<StepLoop> make_step_loop(const DecoderLoopPlan& plan,
                                         const DecoderLoopTensors& tensors);

// The loop of Luong et al. 2015: layers over the last readout, attention, readout.
class ReadoutFeeding : public StepLoop {
 public:
  ReadoutFeeding(const DecoderLoopPlan& plan, const DecoderLoopTensors& tensors);
  size_t layers() const override { return layers_.count(); }
  DecoderLoopOutput forward() override;
  DecoderLoopTensors backward(const DecoderLoopOutput& at) override;

 private:
  torch::Tensor at_readout(int64_t t, const torch::Tensor& at_features) const;
  DecoderLoopTensors gradients(const torch::Tensor& at_readouts,
                               const torch::Tensor& at_feed) const;

  DecoderLoopPlan plan_;
  StepLayers layers_;
  StepAttention attention_;
  StepMatrix from_top_, from_context_;                  // the readout's two halves
  StepSeries readouts_;                                 // [time, rows, features], before dropout
  std::vector<torch::Tensor> feeds_, tops_, contexts_;  // one feed more than steps
};

// The loop of Bahdanau et al. 2015: attention, asked by the state before the step, and layers over
// its context.
class ContextFeeding : public StepLoop {
 public:
  ContextFeeding(const DecoderLoopPlan& plan, const DecoderLoopTensors& tensors);
  size_t layers() const override { return layers_.count(); }
  DecoderLoopOutput forward() override;
  DecoderLoopTensors backward(const DecoderLoopOutput& at) override;

 private:
  int64_t time_ = 0;
  StepLayers layers_;
  StepAttention attention_;
};

}  // namespace rondo
