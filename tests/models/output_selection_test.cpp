#include "models/output_selection.h"

#include "models/decoder.h"
#include "tests/support/tensor_checks.h"

namespace rondo {

TEST_CASE("selected rows give the logits that all rows give at their places", "[models]") {
  torch::manual_seed(4);
  const auto weight = torch::randn({20, 6}), bias = torch::randn({20});
  const auto features = torch::randn({3, 2, 6});
  const auto ids = int64s({0, 1, 2, 3, 9, 17});
  const OutputSelection selection(weight, bias, ids, /*int8=*/false);
  const auto expected = torch::linear(features, weight, bias).index_select(-1, ids);
  require_close(selection.logits(features), expected, 1e-6);
  CHECK(torch::equal(selection.ids(), ids));
  CHECK_FALSE(OutputSelection().defined());
}

TEST_CASE("rows selected from an int8 layer answer as they do among all rows", "[models]") {
  torch::manual_seed(4);
  auto weight = torch::randn({20, 6});
  round_to_int8(weight);
  const auto bias = torch::randn({20}), features = torch::randn({5, 6});
  const auto ids = int64s({2, 3, 19});
  const OutputSelection selection(weight, bias, ids, /*int8=*/true);
  const auto expected = Int8Linear(weight, bias).forward(features).index_select(1, ids);
  require_close(selection.logits(features), expected, 1e-5);
}

}  // namespace rondo
