#include "models/recurrent_state.h"

#include <algorithm>
#include <vector>

namespace rondo {

EqualRows equal_rows(const torch::Tensor& sources) {
  const int64_t rows = sources.size(0);
  const int64_t* const source = sources.const_data_ptr<int64_t>();
  const int64_t most = rows == 0 ? 0 : *std::max_element(source, source + rows);
  std::vector<int64_t> kind_of(static_cast<size_t>(most + 1), -1);  // of each source
  std::vector<int64_t> first;
  const auto kind = torch::empty({rows}, torch::kInt64);
  for (int64_t row = 0; row < rows; ++row) {
    int64_t& known = kind_of[static_cast<size_t>(source[row])];
    if (known < 0) {
      known = static_cast<int64_t>(first.size());
      first.push_back(row);
    }
    kind.data_ptr<int64_t>()[row] = known;
  }
  if (static_cast<int64_t>(first.size()) == rows) return {};
  return {torch::tensor(first, torch::kInt64), kind};
}

RecurrentState select_rows(const RecurrentState& state, const torch::Tensor& rows) {
  return {state.hidden.index_select(0, rows),
          state.cell.defined() ? state.cell.index_select(0, rows) : torch::Tensor(),
          rows.is_cpu() ? equal_rows(rows) : EqualRows{}};
}

}  // namespace rondo
