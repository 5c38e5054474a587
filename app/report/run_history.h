#pragma once

#include <cstdint>
#include <string>
#include <vector>

// What a run's curves are made of. Torch-free.
namespace rondo {

// Measured over the updates since the point before.
struct TrainPoint {
  double epoch = 0;  // with the share of the present one
  int64_t update = 0;
  double loss = 0;  // nats a token, as trained on (smoothed)
  double ppl = 0;   // without smoothing
  double tokens_per_second = 0;
  double grad_norm = 0;  // before clipping
  double learning_rate = 0;
  double seconds = 0;  // of training so far
};

struct ValidSample {
  std::string source, reference, hypothesis;
};

struct ValidPoint {
  double epoch = 0;
  int64_t update = 0;
  double loss = 0;  // nats a token
  double ppl = 0;
  double bleu = 0, chrf = 0;  // 0-100
  double seconds = 0;         // of training so far
  bool new_best = false;
  std::vector<ValidSample> samples{};
};

struct RunHistory {
  std::string name{};
  std::string config{};   // effective YAML
  std::string machine{};  // one line
  std::vector<TrainPoint> train{};
  std::vector<ValidPoint> valid{};
};

}  // namespace rondo
