#pragma once

#include "app/report/gradient_health.h"
#include "app/training/task.h"

namespace rondo {

// Fills in the share of embedding rows that the training text never asks for, special pieces left
// out; for networks whose optimizer cannot tell. It stays as it is where there is no embedding.
void measure_embedding_use(Task& task, GradientHealth& health);

}  // namespace rondo
