#include "models/step_recurrence.h"

#include "models/gates.h"

namespace rondo {
namespace {

torch::Tensor plain(const torch::Tensor& state) { return state.to(torch::kFloat).contiguous(); }

// The distinct rows of a hidden state [rows, hidden].
torch::Tensor distinct_rows(const torch::Tensor& hidden, const EqualRows& equal) {
  return equal.defined() ? hidden.index_select(0, equal.first) : hidden;
}

}  // namespace

template <typename Linear>
StepRecurrence<Linear>::StepRecurrence(RnnType type, Nonlinearity nonlinearity,
                                       RecurrenceProducts<Linear> products)
    : type_(type), nonlinearity_(nonlinearity), products_(std::move(products)) {}

template <typename Linear>
RecurrentOutput StepRecurrence<Linear>::forward(const torch::Tensor& inputs,
                                                const RecurrentState& state) const {
  const torch::NoGradGuard no_grad;
  const int64_t time = inputs.size(0), rows = inputs.size(1), hidden = state.hidden.size(1);
  const torch::Tensor from_input =
      products_.from_input.forward(inputs);  // [time, rows, gates * hidden]
  const int64_t step_size = time == 0 ? 0 : from_input.numel() / time;
  RecurrentOutput output{torch::empty({time, rows, hidden}), {}};
  auto before = plain(state.hidden);
  torch::Tensor cell_before;
  if (type_ == RnnType::lstm) {
    cell_before = plain(state.cell);
    output.last.cell = time == 0 ? cell_before : torch::empty({rows, hidden});
  }
  for (int64_t step = 0; step < time; ++step) {
    const EqualRows& equal = step == 0 ? state.equal : EqualRows{};
    const torch::Tensor from_hidden = products_.from_hidden.forward(distinct_rows(before, equal));
    auto after = output.states.select(0, step);
    const GateProducts gates{from_input.data_ptr<float>() + step * step_size,
                             from_hidden.data_ptr<float>(), rows, hidden, equal.kinds()};
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

template class StepRecurrence<Int8Linear>;
template class StepRecurrence<PackedLinear>;

}  // namespace rondo
