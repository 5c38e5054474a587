#pragma once

#include <cstdint>

#include "app/training/options.h"
#include "app/training/position.h"

namespace rondo {

// The learning rate of the update that begins at `at`; `decreases` is the plateau rule's count.
// Every schedule first rises linearly over learning_rate_warmup updates, then:
//   none                 learning_rate
//   warmup_inverse_sqrt  falls with 1 / sqrt(update) (Vaswani et al. 2017)
//   cosine               half a cosine over each of max_duration's cosine_cycles equal parts, down
//                        to cosine_min_ratio (Loshchilov & Hutter 2017)
//   step                 times decrease_factor after each step_size
//   plateau              times decrease_factor for each decrease
double learning_rate_at(const TrainingOptions& options, const Position& at, int64_t decreases = 0);

// How many of cosine's parts are over, where there is more than one; else 0.
int64_t cycles_done(const TrainingOptions& options, const Position& at);

// Counts the validations without a new best and says when the plateau schedule decreases.
struct Plateau {
  int64_t without_best = 0;
  int64_t decreases = 0;
  void observe(bool new_best, int64_t patience);
};

}  // namespace rondo
