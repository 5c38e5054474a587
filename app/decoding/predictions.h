#pragma once

#include <span>

#include "app/data/labelled_text.h"
#include "app/decoding/scored.h"
#include "app/metrics/classification.h"

// A classifier's answers beside the truth, as the metrics take them. One target an answer.
namespace rondo {

ClassPredictions class_predictions(std::span<const Scored> scored, std::span<const Target> targets);
LabelPredictions label_predictions(std::span<const Scored> scored, std::span<const Target> targets);
ValuePredictions value_predictions(std::span<const Scored> scored, std::span<const Target> targets);

}  // namespace rondo
