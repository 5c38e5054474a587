#include "app/training/layer_rates.h"

#include "tests/app/training/tiny_task.h"
#include "tests/support/catch_torch.h"

namespace {

// Layers by the number in a parameter's name.
class Layered : public rondo::TinyTask {
 public:
  int64_t depth_of(const std::string& parameter) const override { return parameter.back() - '0'; }
};

std::vector<double> shares(double factor, int64_t epochs_a_layer, int64_t epoch) {
  rondo::TrainingOptions options;
  options.discriminative_factor = factor;
  options.gradual_unfreezing = epochs_a_layer;
  const std::vector<rondo::NamedParameter> parameters{{"a0", {}}, {"b1", {}}, {"c2", {}}};
  return rondo::LayerRates(Layered(), parameters, options).at(epoch);
}

}  // namespace

TEST_CASE("each layer away from the output learns at a share of the one before it", "[training]") {
  CHECK(shares(1, 0, 0).empty());
  CHECK(shares(0.5, 0, 7) == std::vector<double>{1, 0.5, 0.25});
}

TEST_CASE("layers begin to learn one by one, from the output down", "[training]") {
  CHECK(shares(1, 2, 0) == std::vector<double>{1, 0, 0});
  CHECK(shares(1, 2, 1) == std::vector<double>{1, 0, 0});
  CHECK(shares(1, 2, 2) == std::vector<double>{1, 1, 0});
  CHECK(shares(0.5, 1, 2) == std::vector<double>{1, 0.5, 0.25});
}
