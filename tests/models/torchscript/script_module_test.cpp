#include "models/torchscript/script_module.h"

#include <stdexcept>

#include "tests/support/tensor_checks.h"

namespace rondo {

TEST_CASE("a script names tensor types, operators and packed weights", "[torchscript]") {
  auto module = script_module("Names");
  define_script(module, R"(
def types(self) -> List[int]:
    return [torch.long, torch.float32, torch.float64, torch.bfloat16, torch.int8, torch.bool]

def pack(self, values: Tensor) -> LinearParams:
    ones = torch.ones([values.size(0)], dtype=torch.float32)
    zero_points = torch.zeros([values.size(0)], dtype=torch.long)
    weight = torch._make_per_channel_quantized_tensor(values, ones, zero_points, 0)
    return torch.ops.quantized.linear_prepack(weight, None)

def forward(self, values: Tensor, inputs: Tensor) -> Tensor:
    return torch.ops.quantized.linear_dynamic(inputs, self.pack(values), False)
)");
  const auto types = module.get_method("types")({}).toIntVector();
  const std::vector<int64_t> expected = {4, 6, 7, 15, 1, 11};
  REQUIRE(types == expected);
  const auto values = torch::eye(16).to(torch::kChar);
  const auto inputs = torch::arange(16, torch::kFloat).unsqueeze(0);
  require_close(module.forward({values, inputs}).toTensor(), inputs, 5e-2);
}

TEST_CASE("what is not TorchScript is refused with its place", "[torchscript]") {
  auto module = script_module("Wrong");
  try {
    define_script(module, "def forward(self):\n    return missing\n");
    FAIL("an unknown value was compiled");
  } catch (const std::exception& error) {
    REQUIRE(std::string(error.what()).find("line 2") != std::string::npos);
  }
}

TEST_CASE("a script is found by its name, and an unknown one is named", "[torchscript]") {
  REQUIRE(model_script("gnmt").find("def decode(") != std::string_view::npos);
  try {
    model_script("no_such_script");
    FAIL("an unknown script was found");
  } catch (const std::out_of_range& error) {
    REQUIRE(std::string(error.what()).find("no_such_script") != std::string::npos);
  }
}

TEST_CASE("a script module says that it does not train", "[torchscript]") {
  REQUIRE(script_module("Any").attr("training").toBool() == false);
}

}  // namespace rondo
