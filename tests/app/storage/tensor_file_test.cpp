#include "app/storage/tensor_file.h"

#include <cstdlib>
#include <fstream>

#include "app/errors.h"
#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// The values of tests/reference/storage/safetensors_fixture.py.
TensorFile reference_values() {
  const auto text = torch::tensor(std::vector<int64_t>{0, 'r', 'o', 'n', 'd', 'o', 255});
  TensorFile file;
  file.tensors["double"] = torch::tensor({1.5, -2.25}, torch::kFloat64).view({1, 2});
  file.tensors["float"] = torch::arange(6, torch::kFloat32).view({2, 3}) / 4;
  file.tensors["half"] = torch::tensor({0.5, -65504.0}).to(torch::kFloat16);
  file.tensors["long"] = torch::tensor({-(int64_t{1} << 62), int64_t{7}});
  file.tensors["int"] = torch::tensor({-5, 5}, torch::kInt32);
  file.tensors["short"] = torch::tensor({-300}, torch::kInt16);
  file.tensors["signed"] = torch::tensor({-128, 127}, torch::kInt8);
  file.tensors["bytes"] = text.to(torch::kUInt8);
  file.tensors["flags"] = torch::tensor({1, 0, 1}).to(torch::kBool);
  file.tensors["scalar"] = torch::tensor(3.0f);
  file.tensors["empty"] = torch::zeros({0, 4});
  file.metadata = {{"config", "name: grüße\n"}, {"format_version", "1"}};
  return file;
}

void check_equal(const TensorFile& found, const TensorFile& expected) {
  CHECK(found.metadata == expected.metadata);
  REQUIRE(found.tensors.size() == expected.tensors.size());
  for (const auto& [name, tensor] : expected.tensors) {
    INFO(name);
    REQUIRE(found.tensors.count(name) == 1);
    CHECK(found.tensors.at(name).dtype() == tensor.dtype());
    CHECK(torch::equal(found.tensors.at(name), tensor));
  }
}

std::string reading_error(const std::filesystem::path& path) {
  return message_of<DataError>([&] { read_tensor_file(path); });
}

TEST_CASE("a file that Python's safetensors wrote is read", "[storage]") {
  const std::string path = RONDO_REFERENCE_DIR "/storage/fixture.safetensors";
  check_equal(read_tensor_file(path), reference_values());
}

TEST_CASE("what is written is read back", "[storage]") {
  const TemporaryFolder folder;
  const char* sample = std::getenv("RONDO_WRITE_SAMPLE");  // for the reference script to check
  const std::filesystem::path path = sample ? sample : folder / "model.rondo";
  TensorFile file = reference_values();
  write_tensor_file(path, file);
  check_equal(read_tensor_file(path), file);
}

TEST_CASE("bfloat16 keeps its bits", "[storage]") {
  const TemporaryFolder folder;
  torch::manual_seed(1);
  const TensorFile file{.tensors = {{"weight", torch::randn({3, 5}).to(torch::kBFloat16)}}};
  write_tensor_file(folder / "file", file);
  check_equal(read_tensor_file(folder / "file"), file);
}

TEST_CASE("a transposed parameter that needs a gradient is stored as it reads", "[storage]") {
  const TemporaryFolder folder;
  const torch::Tensor weight = torch::arange(6, torch::kFloat32).view({2, 3}).requires_grad_();
  write_tensor_file(folder / "file", {.tensors = {{"weight", weight.t()}}});
  const torch::Tensor found = read_tensor_file(folder / "file").tensors.at("weight");
  CHECK(torch::equal(found, weight.detach().t()));
  CHECK_FALSE(found.requires_grad());
}

TEST_CASE("a file may hold no tensor, and no metadata", "[storage]") {
  const TemporaryFolder folder;
  write_tensor_file(folder / "file", {});
  check_equal(read_tensor_file(folder / "file"), {});
}

TEST_CASE("equal contents give equal bytes, data aligned to its elements", "[storage]") {
  const TemporaryFolder folder;
  write_tensor_file(folder / "a", reference_values());
  write_tensor_file(folder / "b", reference_values());
  const std::string bytes = read_bytes(folder / "a");
  CHECK(bytes == read_bytes(folder / "b"));
  const auto length =
      static_cast<unsigned char>(bytes[0]) + 256 * static_cast<unsigned char>(bytes[1]);
  CHECK(length % 8 == 0);
  CHECK(bytes[8] == '{');
}

TEST_CASE("every cut of a file is an error that names it", "[storage]") {
  const TemporaryFolder folder;
  write_tensor_file(folder / "whole", reference_values());
  const std::string whole = read_bytes(folder / "whole");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    std::ofstream(folder / "cut", std::ios::binary) << whole.substr(0, length);
    REQUIRE_THAT(reading_error(folder / "cut"), ContainsSubstring((folder / "cut").string()));
  }
  CHECK(reading_error(folder / "whole").empty());
}

TEST_CASE("a missing file, a folder and a device are named", "[storage]") {
  const TemporaryFolder folder;
  CHECK(reading_error(folder / "none") == (folder / "none").string() + ": no such file");
  CHECK(reading_error(folder.path()) == folder.path().string() + ": not a regular file");
  CHECK(reading_error("/dev/zero") == "/dev/zero: not a regular file");
}

TEST_CASE("a boolean that is neither 0 nor 1 is damage", "[storage]") {
  const TemporaryFolder folder;
  write_tensor_file(folder / "file", {.tensors = {{"flag", torch::ones({1}, torch::kBool)}}});
  std::string bytes = read_bytes(folder / "file");
  bytes.back() = 2;
  std::ofstream(folder / "file", std::ios::binary) << bytes;
  CHECK_THAT(reading_error(folder / "file"), ContainsSubstring("'flag': damaged"));
}

TEST_CASE("a type that the layout lacks is refused and leaves the old file", "[storage]") {
  const TemporaryFolder folder;
  write_tensor_file(folder / "file", reference_values());
  const TensorFile complex{.tensors = {{"z", torch::zeros({2}, torch::kComplexFloat)}}};
  CHECK_THROWS_AS(write_tensor_file(folder / "file", complex), DataError);
  check_equal(read_tensor_file(folder / "file"), reference_values());
}

}  // namespace
}  // namespace rondo
