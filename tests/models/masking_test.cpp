#include "models/masking.h"

#include "tests/support/tensor_checks.h"

namespace rondo {

TEST_CASE("length_mask is true on a sentence's own positions only", "[models]") {
  const auto mask = length_mask(int64s({3, 1, 0}), 4);
  const auto expected = torch::tensor({1, 1, 0,  //
                                       1, 0, 0,  //
                                       1, 0, 0,  //
                                       0, 0, 0})
                            .view({4, 3})
                            .to(torch::kBool);
  REQUIRE(mask.dtype() == torch::kBool);
  REQUIRE(torch::equal(mask, expected));
}

}  // namespace rondo
