#include "app/machine/precision.h"

#include "app/errors.h"
#include "tests/support/catch_torch.h"

using rondo::Precision;

TEST_CASE("a precision that is named is taken as it is", "[training]") {
  CHECK(rondo::uses_bf16(Precision::bf16, at::kCPU));
  CHECK_FALSE(rondo::uses_bf16(Precision::fp32, at::kCPU));
  CHECK(rondo::uses_bf16(Precision::automatic, at::kCUDA));
}

TEST_CASE("autocast lasts as long as its scope", "[training]") {
  const auto a = torch::ones({2, 2}), b = torch::ones({2, 2});
  {
    const rondo::AutocastScope on(at::kCPU, true);
    CHECK(torch::mm(a, b).scalar_type() == at::kBFloat16);
  }
  CHECK(torch::mm(a, b).scalar_type() == at::kFloat);
  const rondo::AutocastScope off(at::kCPU, false);
  CHECK(torch::mm(a, b).scalar_type() == at::kFloat);
}

TEST_CASE("a GPU that is not there is a configuration error", "[training]") {
  CHECK(rondo::pick_device(rondo::DeviceChoice::cpu).is_cpu());
  if (torch::cuda::is_available()) return;
  CHECK(rondo::pick_device(rondo::DeviceChoice::automatic).is_cpu());
  CHECK_THROWS_AS(rondo::pick_device(rondo::DeviceChoice::cuda), rondo::ConfigError);
}
