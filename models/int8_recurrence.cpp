#include "models/int8_recurrence.h"

#include "models/gates.h"

namespace rondo {

Int8Recurrence::Int8Recurrence(RnnType type, Nonlinearity nonlinearity,
                               const RecurrenceWeights& weights)
    : type_(type),
      nonlinearity_(nonlinearity),
      from_input_(weights.weight_ih, weights.bias_ih),
      from_hidden_(weights.weight_hh, weights.bias_hh) {}

RecurrentOutput Int8Recurrence::forward(const torch::Tensor& inputs,
                                        const RecurrentState& state) const {
  const int64_t time = inputs.size(0), rows = inputs.size(1), hidden = state.hidden.size(1);
  const auto products = from_input_.forward(inputs);  // [time, rows, gates * hidden]
  RecurrentOutput output{torch::empty({time, rows, hidden}), {}};
  auto before = state.hidden.to(torch::kFloat).contiguous();
  auto cell_before = state.cell;
  if (type_ == RnnType::lstm) {
    cell_before = cell_before.to(torch::kFloat).contiguous();
    output.last.cell = torch::empty({rows, hidden});
  }
  for (int64_t step = 0; step < time; ++step) {
    const auto recurrent = from_hidden_.forward(before);  // [rows, gates * hidden]
    auto after = output.states.select(0, step);
    const GateProducts gates{products.data_ptr<float>() + step * recurrent.numel(),
                             recurrent.data_ptr<float>(), rows, hidden};
    if (type_ == RnnType::lstm) {
      lstm_gates(gates, cell_before.data_ptr<float>(), after.data_ptr<float>(),
                 output.last.cell.data_ptr<float>());
      cell_before = output.last.cell;
    } else if (type_ == RnnType::gru) {
      gru_gates(gates, before.data_ptr<float>(), after.data_ptr<float>());
    } else {
      rnn_gates(gates, nonlinearity_, after.data_ptr<float>());
    }
    before = after;
  }
  output.last.hidden = before;
  return output;
}

}  // namespace rondo
