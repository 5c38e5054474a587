#include "app/storage/tensor_header.h"

#include <random>
#include <sstream>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

std::string framed(const std::string& json, uint64_t length) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(length >> (8 * i));
  return bytes + json;
}

// Reads a header before `data_size` bytes of data, as if the file were no longer.
TensorHeader read(const std::string& header, uint64_t data_size) {
  std::istringstream in(header);
  return read_tensor_header(in, header.size() + data_size, "file");
}

std::string error_of(const std::string& json, uint64_t data_size) {
  return message_of<DataError>([&] { read(framed(json, json.size()), data_size); });
}

std::string entry(const std::string& dtype, const std::string& shape, const std::string& offsets) {
  return R"({"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

TEST_CASE("a header is a length word and JSON padded to eight bytes", "[storage_files]") {
  TensorHeader header{
      .tensors = {{"a", {.dtype = "U8", .shape = {3}}}, {"b", {.dtype = "F32", .shape = {2}}}},
      .metadata = {{"k", "v"}}};
  lay_out(header);
  const std::string json =
      R"({"__metadata__":{"k":"v"},"a":{"data_offsets":[8,11],"dtype":"U8","shape":[3]},)"
      R"("b":{"data_offsets":[0,8],"dtype":"F32","shape":[2]}})";
  const std::string padding((8 - json.size() % 8) % 8, ' ');
  CHECK(to_bytes(header, "file") == framed(json + padding, json.size() + padding.size()));
}

TEST_CASE("a header is read back with its offsets", "[storage_files]") {
  TensorHeader header{.tensors = {{"x", {.dtype = "BF16", .shape = {2, 0, 3}}},
                                  {"y", {.dtype = "BOOL"}},
                                  {"z", {.dtype = "I64", .shape = {2}}}}};
  lay_out(header);
  const TensorHeader found = read(to_bytes(header, "file"), 17);
  CHECK(found.metadata.empty());
  REQUIRE(found.tensors.size() == 3);
  CHECK(found.tensors.at("z").begin == 0);
  CHECK(found.tensors.at("y").begin == 16);
  CHECK(found.tensors.at("y").bytes() == 1);
  CHECK(found.tensors.at("x").shape == std::vector<int64_t>{2, 0, 3});
}

TEST_CASE("metadata of invalid UTF-8 is written with replacement characters", "[storage_files]") {
  const TensorHeader header{.metadata = {{"text", "a\xff"}}};
  CHECK(read(to_bytes(header, "file"), 0).metadata.at("text") == "a\xEF\xBF\xBD");
}

TEST_CASE("a huge header length costs no memory", "[storage_files]") {
  for (const uint64_t length :
       {uint64_t{100}, kMaxHeaderBytes, kMaxHeaderBytes + 1, ~uint64_t{0}, ~uint64_t{0} - 7}) {
    CHECK_THROWS_AS(read(framed("{}", length), 10), DataError);
  }
}

TEST_CASE("a header that is no JSON object is not ours", "[storage_files]") {
  for (const char* text : {"", "PK\x03\x04", "[]", "1", "{\"a\":", "{} {}", "\"\xff\""}) {
    CHECK_THAT(error_of(text, 0), ContainsSubstring("not a Rondo file"));
  }
  CHECK_THAT(error_of(std::string(100'000, '['), 0), ContainsSubstring("nested too deeply"));
}

TEST_CASE("each inconsistency of an entry is told with the tensor's name", "[storage_files]") {
  struct Case {
    std::string entry, message;
  };
  const std::string big = "9223372036854775807";
  const std::vector<Case> cases{
      {"7", "no description"},
      {R"({"shape":[1]})", "no dtype"},
      {R"({"dtype":"F32"})", "no shape"},
      {R"({"dtype":"F32","shape":[1]})", "no data_offsets"},
      {entry("F33", "[1]", "[0,4]"), "unknown dtype 'F33'"},
      {entry("F32", "[-1]", "[0,4]"), "bad number in shape"},
      {entry("F32", "[1.0]", "[0,4]"), "bad number in shape"},
      {entry("F32", "[18446744073709551615]", "[0,4]"), "bad number in shape"},
      {entry("F32", "[2]", "[0,4]"), "do not fill"},
      {entry("F32", "[1]", "[4,0]"), "bad data_offsets"},
      {entry("F32", "[1]", "[0,4,8]"), "bad data_offsets"},
      {entry("F32", "[2]", "[0,8]"), "cut short"},
      {entry("F32", "[" + big + "]", "[0,4]"), "impossible shape"},
      {entry("F32", "[0," + big + "," + big + "]", "[0,0]"), "impossible shape"},
      {entry("F32", "[4294967296,4294967296,1]", "[0,0]"), "impossible shape"},
      {entry("U8", "[1" + std::string(200, ' ') + "]", "[0,9223372036854775808]"), "bad number"},
  };
  for (const Case& wrong : cases) {
    INFO(wrong.entry);
    const std::string error = error_of("{\"w\":" + wrong.entry + "}", 4);
    CHECK_THAT(error, ContainsSubstring("file: tensor 'w': ") && ContainsSubstring(wrong.message));
  }
}

TEST_CASE("tensors that overlap, leave a gap or end early are damage", "[storage_files]") {
  const auto two = [](const std::string& first, const std::string& second) {
    return "{\"a\":" + entry("U8", "[4]", first) + ",\"b\":" + entry("U8", "[4]", second) + "}";
  };
  CHECK(error_of(two("[0,4]", "[4,8]"), 8).empty());
  CHECK(error_of(two("[4,8]", "[0,4]"), 8).empty());
  CHECK_THAT(error_of(two("[0,4]", "[0,4]"), 8), ContainsSubstring("overlap"));
  CHECK_THAT(error_of(two("[0,4]", "[3,7]"), 8), ContainsSubstring("overlap"));
  CHECK_THAT(error_of(two("[0,4]", "[5,9]"), 9), ContainsSubstring("a gap"));
  CHECK_THAT(error_of(two("[0,4]", "[4,8]"), 9), ContainsSubstring("after the last tensor"));
  CHECK_THAT(error_of("{\"__metadata__\":{\"a\":1}}", 0), ContainsSubstring("metadata 'a'"));
}

// Flips, removes, doubles or swaps bytes; keeps the length word honest half of the time.
std::string mutated(std::string bytes, std::mt19937& random) {
  const auto at = [&] { return random() % bytes.size(); };
  for (unsigned changes = 1 + random() % 4; changes > 0 && !bytes.empty(); --changes) {
    switch (random() % 5) {
      case 0:
        bytes[at()] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at(), 1 + random() % 8);
        break;
      case 2:
        bytes.insert(at(), bytes.substr(at(), random() % 16));
        break;
      case 3:
        std::swap(bytes[at()], bytes[at()]);
        break;
      default:
        bytes[at()] = "0123456789[]{},:\""[random() % 17];
    }
  }
  const bool honest = bytes.size() >= 8 && random() % 2 == 0;
  return honest ? framed(bytes.substr(8), bytes.size() - 8) : bytes;
}

TEST_CASE("no damage to a header does worse than an error", "[storage_files]") {
  TensorHeader header{.tensors = {{"decoder.bias", {.dtype = "F32", .shape = {4}}},
                                  {"decoder.weight", {.dtype = "BF16", .shape = {4, 3}}},
                                  {"tokenizer.source", {.dtype = "U8", .shape = {9}}}},
                      .metadata = {{"format_version", "1"}}};
  lay_out(header);
  const std::string whole = to_bytes(header, "file");
  std::mt19937 random(7);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string bytes = mutated(whole, random);
    try {
      for (const auto& [name, entry] : read(bytes, 49).tensors) REQUIRE(entry.bytes() <= 49);
      ++accepted;
    } catch (const DataError&) {
    }
  }
  CHECK(accepted < 20'000 / 2);
}

}  // namespace
}  // namespace rondo
