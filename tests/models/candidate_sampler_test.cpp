#include "models/candidate_sampler.h"

#include "models/loss.h"
#include "tests/support/tensor_checks.h"

namespace rondo {

TEST_CASE("inclusion adds up to the wanted number and falls with an entry's number", "[models]") {
  const CandidateSampler sampler(1000, 100);
  const auto& inclusion = sampler.inclusion();
  CHECK(inclusion.sum().item<double>() == Approx(100).epsilon(1e-4));
  CHECK(inclusion[0].item<float>() == 1.0F);
  CHECK(inclusion[999].item<float>() > 0);
  CHECK((inclusion.diff() <= 0).all().item<bool>());
  // Beyond those that are always seen it falls as 1 / number: a tenth from 99 to 999.
  CHECK((inclusion[999] / inclusion[99]).item<double>() == Approx(0.1).epsilon(0.02));
}

TEST_CASE("as many candidates as entries are all entries", "[models]") {
  const auto drawn = CandidateSampler(5, 7).draw(int64s({2, 2}));
  CHECK(torch::equal(drawn.ids, torch::arange(5)));
  CHECK(torch::equal(drawn.log_inclusion, torch::zeros({5})));
}

TEST_CASE("targets are always candidates, for certain", "[models]") {
  torch::manual_seed(5);
  const CandidateSampler sampler(400, 40);
  const auto targets = int64s({399, 17, 399, 250});
  for (int draw = 0; draw < 20; ++draw) {
    const auto drawn = sampler.draw(targets);
    CHECK((drawn.ids.diff() > 0).all().item<bool>());
    for (const int64_t target : {17, 250, 399}) {
      const auto place = (drawn.ids == target).nonzero();
      REQUIRE(place.numel() == 1);
      CHECK(drawn.log_inclusion[place.item<int64_t>()].item<float>() == 0.0F);
    }
  }
}

TEST_CASE("the same seed draws the same candidates", "[models]") {
  const CandidateSampler sampler(300, 30);
  const auto draw = [&] {
    torch::manual_seed(9);
    return sampler.draw(int64s({4})).ids;
  };
  CHECK(torch::equal(draw(), draw()));
}

TEST_CASE("the sampled sum of exponentials is right on average", "[models]") {
  torch::manual_seed(3);
  const auto logits = torch::randn({200}, torch::kDouble);
  const double exact = logits.exp().sum().item<double>();
  const CandidateSampler sampler(200, 50);
  double sum = 0;
  constexpr int kDraws = 4000;
  for (int i = 0; i < kDraws; ++i) {
    const auto drawn = sampler.draw(int64s({7}));
    sum += (logits.index_select(0, drawn.ids) - drawn.log_inclusion).exp().sum().item<double>();
  }
  CHECK(sum / kDraws == Approx(exact).epsilon(0.02));
}

}  // namespace rondo
