#include "app/decoding/top_k.h"

#include <ATen/Dispatch.h>
#include <ATen/Parallel.h>

namespace rondo {
namespace {

// Insertion into a sorted list of k: a value must beat the last of them to enter, which few do.
template <typename T>
void scan_row(const T* row, int64_t n, int64_t k, T* values, int64_t* indices) {
  int64_t filled = 0;
  for (int64_t i = 0; i < n; ++i) {
    if (filled == k && !(row[i] > values[k - 1])) continue;
    int64_t place = filled < k ? filled++ : k - 1;
    for (; place > 0 && row[i] > values[place - 1]; --place) {
      values[place] = values[place - 1];
      indices[place] = indices[place - 1];
    }
    values[place] = row[i];
    indices[place] = i;
  }
}

TopK scan_rows(const torch::Tensor& input, int64_t k) {
  const int64_t rows = input.size(0), n = input.size(1);
  TopK best{torch::empty({rows, k}, input.options()), torch::empty({rows, k}, torch::kInt64)};
  int64_t* const indices = best.indices.data_ptr<int64_t>();
  AT_DISPATCH_FLOATING_TYPES(input.scalar_type(), "top_k", [&] {
    const scalar_t* const data = input.data_ptr<scalar_t>();
    scalar_t* const values = best.values.data_ptr<scalar_t>();
    at::parallel_for(0, rows, 16, [&](int64_t begin, int64_t end) {
      for (int64_t r = begin; r < end; ++r) {
        scan_row(data + r * n, n, k, values + r * k, indices + r * k);
      }
    });
  });
  return best;
}

}  // namespace

TopK top_k(const torch::Tensor& values, int64_t k) {
  if (values.device().is_cpu()) return scan_rows(values.contiguous(), k);
  auto [best, indices] = values.topk(k, 1);
  return {best, indices};
}

}  // namespace rondo
