#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/report/gradient_health.h"
#include "app/report/run_history.h"
#include "app/report/tensorboard_writer.h"

// What a run shows in TensorBoard, under which names.
namespace rondo {

// train/loss, train/ppl, train/learning_rate ...
void add_progress(TensorboardWriter& writer, const TrainPoint& point);

// valid/bleu ... as scalars; samples/1 ... as texts, attention/1 ... as images.
void add_validation(TensorboardWriter& writer, const ValidPoint& point);

// One scalar a layer: reach/encoder.forward_0, carried_reach/..., first_to_last/..., saturated/...,
// spectral_radius/..., update_ratio/...; and health/gradient_norm, health/dead_embeddings.
void add_health(TensorboardWriter& writer, const GradientHealth& health);

// A sample as markdown: a table whose differences are in bold and brackets.
std::string sample_markdown(const ValidSample& sample);

}  // namespace rondo
