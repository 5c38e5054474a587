#include "app/training/ema.h"

#include "tests/support/catch_torch.h"

TEST_CASE("the decay of the average grows with the updates", "[training]") {
  CHECK(rondo::ema_decay_at(0.999, 1) == Approx(2.0 / 11));
  CHECK(rondo::ema_decay_at(0.999, 90) == Approx(0.91));
  CHECK(rondo::ema_decay_at(0.999, 1'000'000) == Approx(0.999));
}

TEST_CASE("the average of three weights is as worked by hand", "[training]") {
  auto weight = torch::tensor({1.0F}).set_requires_grad(true);
  rondo::WeightAverage average({{"weight", weight}}, 0.5);
  weight.data().fill_(12);
  average.update();  // decay 2/11: 2/11 * 1 + 9/11 * 12 = 10
  CHECK(average.averages()[0].tensor.item<float>() == Approx(10));
  weight.data().fill_(22);
  average.update();  // decay 3/12: 0.25 * 10 + 0.75 * 22 = 19
  CHECK(average.averages()[0].tensor.item<float>() == Approx(19));
}

TEST_CASE("averaged weights are in the network only while asked for", "[training]") {
  auto weight = torch::tensor({1.0F}).set_requires_grad(true);
  rondo::WeightAverage average({{"weight", weight}}, 0.5);
  weight.data().fill_(12);
  average.update();
  {
    const rondo::AveragedWeights averaged(&average);
    CHECK(weight.item<float>() == Approx(10));
  }
  CHECK(weight.item<float>() == 12);
  CHECK(average.averages()[0].tensor.item<float>() == Approx(10));
}

TEST_CASE("without an average the weights stay as they are", "[training]") {
  const rondo::AveragedWeights none(nullptr);
  SUCCEED();
}
