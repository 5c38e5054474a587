#include "models/kernels/recurrence_steps.h"

#include <vector>

namespace rondo {

void RecurrenceSteps::run(int64_t begin, int64_t end) const {
  const int64_t hidden = shape.hidden, wide = shape.row_size(), sums = shape.gates() * hidden;
  const GateFunction cell_step = gate_kernel(instructions).of(shape.type, shape.nonlinearity);
  std::vector<float> from_hidden(static_cast<size_t>((end - begin) * sums));
  for (int64_t step = 0; step < shape.time; ++step) {
    const int64_t first = step * shape.batch, before = (step - 1) * shape.batch;
    const float* hidden_before = step == 0 ? first_hidden : states + before * hidden;
    const float* cell_before = step == 0 ? first_cell : cells + before * hidden;
    weight_hh->multiply({.x = hidden_before + begin * hidden,
                         .x_stride = hidden,
                         .count = end - begin,
                         .y = from_hidden.data(),
                         .y_stride = sums,
                         .bias = bias_hh});
    for (int64_t row = begin; row < end; ++row) {
      float* own = gates + (first + row) * wide;
      const bool lstm = shape.type == RnnType::lstm;
      cell_step({.from_input = own,
                 .from_hidden = from_hidden.data() + (row - begin) * sums,
                 .before = (lstm ? cell_before : hidden_before) + row * hidden,
                 .kept = keep ? own : nullptr,
                 .next_hidden = states + (first + row) * hidden,
                 .next_cell = lstm ? cells + (first + row) * hidden : nullptr,
                 .size = hidden});
    }
  }
}

void RecurrenceGradientSteps::run(int64_t begin, int64_t end) const {
  const int64_t hidden = shape.hidden, wide = shape.row_size();
  const bool lstm = shape.type == RnnType::lstm, gru = shape.type == RnnType::gru;
  const auto cell_step = gate_kernel(instructions).gradient_of(shape.type, shape.nonlinearity);
  for (int64_t step = shape.time - 1; step >= 0; --step) {
    const int64_t first = step * shape.batch, before = first - shape.batch;
    const float* earliest = lstm ? first_cell : first_hidden;
    const float* own_before = step == 0 ? earliest : (lstm ? cells : states) + before * hidden;
    for (int64_t row = begin; row < end; ++row) {
      cell_step({.kept = kept + (first + row) * wide,
                 .before = own_before + row * hidden,
                 .after = (lstm ? cells : states) + (first + row) * hidden,
                 .at_output = at_states + (first + row) * hidden,
                 .hidden = at_hidden + row * hidden,
                 .cell = lstm ? at_cell + row * hidden : nullptr,
                 .gates = gates + (first + row) * wide,
                 .size = hidden});
    }
    weight_hh->multiply({.x = gates + (first + begin) * wide + (gru ? hidden : 0),
                         .x_stride = wide,
                         .count = end - begin,
                         .y = at_hidden + begin * hidden,
                         .y_stride = hidden,
                         .add = gru});
  }
}

}  // namespace rondo
