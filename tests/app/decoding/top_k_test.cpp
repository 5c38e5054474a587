#include "app/decoding/top_k.h"

#include "tests/support/catch_torch.h"

using namespace rondo;

TEST_CASE("top k gives each row's best first", "[decoding]") {
  const auto best = top_k(torch::tensor({{1.f, 5.f, 3.f, 4.f}, {-1.f, -9.f, -2.f, 0.f}}), 2);
  REQUIRE(best.values.equal(torch::tensor({{5.f, 4.f}, {0.f, -1.f}})));
  REQUIRE(best.indices.equal(torch::tensor({{1L, 3L}, {3L, 0L}})));
}

TEST_CASE("top k takes equal values in the order of their index", "[decoding]") {
  const auto best = top_k(torch::tensor({{2.0, 7.0, 2.0, 7.0, 2.0, 2.0}}), 4);
  REQUIRE(best.indices.equal(torch::tensor({{1L, 3L, 0L, 2L}})));
}

TEST_CASE("top k agrees with a full sort", "[decoding]") {
  torch::manual_seed(1);
  const auto values = torch::randint(0, 50, {33, 400}).to(torch::kFloat);  // many ties
  auto [sorted, order] = values.sort(/*stable=*/true, /*dim=*/1, /*descending=*/true);
  for (const int64_t k : {1, 5, 400}) {
    const auto best = top_k(values, k);
    REQUIRE(best.values.equal(sorted.narrow(1, 0, k)));
    REQUIRE(best.indices.equal(order.narrow(1, 0, k)));
  }
}

TEST_CASE("top k survives values that are no numbers", "[decoding]") {
  const auto best = top_k(torch::full({2, 6}, NAN), 3);
  REQUIRE(best.indices.min().item<int64_t>() >= 0);
  REQUIRE(best.indices.max().item<int64_t>() < 6);
}
