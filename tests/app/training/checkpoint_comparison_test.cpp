#include "app/training/checkpoint_comparison.h"

#include <cmath>

#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

TensorFile some_checkpoint() {
  return {.tensors = {{"encoder.weight", torch::tensor({1.0F, NAN, 3.0F})},
                      {"optimizer.first.encoder.weight", torch::zeros({3})},
                      {"random.cpu", torch::arange(4, torch::kUInt8)}},
          .metadata = {{"training", "{}"}, {"timing", "1"}}};
}

// The parts that differ, as "name: how".
std::vector<std::string> differences(const TensorFile& first, const TensorFile& second) {
  std::vector<std::string> lines;
  for (const ComparedPart& part : compare_checkpoints(first, second)) {
    if (!part.difference.empty()) lines.push_back(part.name + ": " + part.difference);
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("checkpoints that differ in their timing alone are equal", "[training]") {
  TensorFile other = some_checkpoint();
  other.metadata["timing"] = "2";
  const auto parts = compare_checkpoints(some_checkpoint(), other);
  REQUIRE(parts.size() == 4);
  CHECK(parts[0].name == "weights");
  CHECK(parts[0].tensors == 1);
  CHECK(parts[0].numbers == 3);
  CHECK(differences(some_checkpoint(), other).empty());
}

TEST_CASE("the last bit of one number is a difference, and its size is told", "[training]") {
  TensorFile other = some_checkpoint();
  other.tensors["optimizer.first.encoder.weight"] = torch::tensor({0.0F, 0.25F, -0.5F});
  CHECK(differences(some_checkpoint(), other) ==
        Lines{"optimizer: optimizer.first.encoder.weight differs in 2 of 3 numbers, by 0.5 at "
              "most"});
  other.tensors["optimizer.first.encoder.weight"] = torch::tensor({0.0F, 0.0F, -0.0F});
  CHECK(differences(some_checkpoint(), other).size() == 1);
}

TEST_CASE("a missing tensor, another shape and other counters are differences", "[training]") {
  TensorFile other = some_checkpoint();
  other.tensors["encoder.weight"] = torch::zeros({2});
  other.tensors.erase("random.cpu");
  other.metadata["training"] = "{1}";
  CHECK(differences(some_checkpoint(), other) ==
        Lines{"weights: encoder.weight is Float[3] and Float[2]",
              "random states: random.cpu is in the first alone",
              "counters, history, configuration: training differs"});
  CHECK(differences(other, some_checkpoint()).at(1) ==
        "random states: random.cpu is in the second alone");
}

}  // namespace
}  // namespace rondo
