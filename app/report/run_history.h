#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/metrics/metric_values.h"
#include "app/report/dataset_statistics.h"
#include "app/report/gradient_health.h"

// What a run's curves are made of. Torch-free.
namespace rondo {

// Measured over the updates since the point before.
struct TrainPoint {
  double epoch = 0;  // with the share of the present one
  int64_t update = 0;
  double loss = 0;  // nats a token, as trained on (smoothed)
  double ppl = 0;   // without smoothing; not a number where the task knows none
  double tokens_per_second = 0;
  double grad_norm = 0;  // before clipping
  double learning_rate = 0;
  double seconds = 0;  // of training so far
};

struct ValidSample {
  std::string source{}, reference{}, hypothesis{};
  // What the model looked at, where it attends: [target pieces][source pieces].
  std::vector<std::string> source_pieces{}, target_pieces{};
  std::vector<std::vector<float>> attention{};
};

struct ValidPoint {
  double epoch = 0;
  int64_t update = 0;
  MetricValues values{};
  double seconds = 0;  // of training so far
  bool new_best = false;
  std::vector<ValidSample> samples{};
};

struct RunHistory {
  std::string name{};
  std::string config{};                  // effective YAML
  std::string machine{};                 // one line
  std::string metric{};                  // what makes a validation the best: "bleu"
  std::string tokens = "target tokens";  // what tokens_per_second counts
  std::vector<TrainPoint> train{};
  std::vector<ValidPoint> valid{};
  std::vector<GradientHealth> health{};
  DatasetStatistics statistics{};  // of the present process; not in metrics.jsonl
};

}  // namespace rondo
