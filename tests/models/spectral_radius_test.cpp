#include "models/spectral_radius.h"

#include <cmath>

#include "tests/support/tensor_checks.h"

namespace rondo {

TEST_CASE("a scaled rotation has its scale as spectral radius", "[models]") {
  // Its eigenvalues are a complex pair, at which power iteration never settles.
  const float c = 0.9F * std::cos(0.7F), s = 0.9F * std::sin(0.7F);
  const auto radius = spectral_radius(torch::tensor({c, -s, s, c}).view({1, 2, 2}));
  CHECK(radius.item<double>() == Approx(0.9).epsilon(1e-3));
}

TEST_CASE("a triangular matrix has its greatest diagonal element as spectral radius", "[models]") {
  const auto matrix = torch::tensor({0.5F, 100.0F, -1.5F, 1.0F}).view({2, 2}).triu();
  const auto radius = spectral_radius(torch::stack({matrix, matrix.t()}));
  CHECK(radius[0].item<double>() == Approx(1.0).epsilon(2e-3));
  CHECK(radius[1].item<double>() == Approx(1.0).epsilon(2e-3));
}

TEST_CASE("random matrices have the spectral radius of their eigenvalues", "[models]") {
  torch::manual_seed(1);
  const auto matrices = torch::randn({3, 20, 20});
  const auto expected = torch::linalg_eigvals(matrices).abs().amax(1);
  require_close(spectral_radius(matrices), expected, 1e-3);
}

TEST_CASE("powers neither overflow nor vanish on the way", "[models]") {
  const auto huge = torch::eye(4).unsqueeze(0) * 1e12;
  CHECK(spectral_radius(huge).item<double>() == Approx(1e12).epsilon(1e-3));
  CHECK(spectral_radius(huge * 1e-24).item<double>() == Approx(1e-12).epsilon(1e-3));
}

TEST_CASE("a matrix whose square is zero has the spectral radius 0", "[models]") {
  CHECK(spectral_radius(torch::tensor({0.0F, 3.0F, 0.0F, 0.0F}).view({1, 2, 2})).item<double>() ==
        0);
  CHECK(spectral_radius(torch::zeros({1, 3, 3})).item<double>() == 0);
}

}  // namespace rondo
