#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

#include "app/data/labelled_text.h"
#include "app/metrics/metric_values.h"
#include "app/storage/sentiment_model.h"

// How a classifier does on a text whose labels are known. logits: line_logits's, one row a text.
namespace rondo {

// Chooses temperature and threshold on these answers as the experiment asks, and puts them into it.
void calibrate(const torch::Tensor& logits, const LabelledText& text, Experiment& experiment);

// The metrics of measured_metrics (app/config/checks.h): the loss without smoothing, focus, class
// weights and temperature; the others with the experiment's temperature and threshold.
MetricValues measure(const torch::Tensor& logits, const LabelledText& text,
                     const Experiment& experiment);

// What is said of each text, for a reader: "positive 0.93", "joy 0.71, fear 0.55", "2.4".
std::vector<std::string> answers(const torch::Tensor& logits, const Experiment& experiment);

}  // namespace rondo
