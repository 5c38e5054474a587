#include "app/machine/memory.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "tests/support/catch.h"

namespace rondo {
namespace {

uint64_t field(const std::string& text, std::string_view name) {
  std::istringstream in(text);
  return read_kilobytes(in, name);
}

TEST_CASE("a field is found by its whole name", "[machine]") {
  const std::string text = "MemTotalOther:  1 kB\nMemTotal:       2048 kB\nMemFree: x kB\n";
  CHECK(field(text, "MemTotal") == 2048 * 1024);
  CHECK(field(text, "MemFree") == 0);
  CHECK(field(text, "Mem") == 0);
}

TEST_CASE("bytes are readable in decimal units", "[machine]") {
  CHECK(readable_bytes(0) == "0 B");
  CHECK(readable_bytes(999) == "999 B");
  CHECK(readable_bytes(1000) == "1.0 KB");
  CHECK(readable_bytes(9'960) == "10 KB");
  CHECK(readable_bytes(16'700'000) == "17 MB");
  CHECK(readable_bytes(999'600'000) == "1.0 GB");
  CHECK(readable_bytes(3'000'000'000'000'000) == "3000 TB");
}

TEST_CASE("the peak covers what is held now", "[machine]") {
  const uint64_t before = peak_resident_bytes();
  std::vector<char> block(32 << 20);
  std::fill(block.begin(), block.end(), 'x');
  CHECK(peak_resident_bytes() >= resident_bytes());
  CHECK(peak_resident_bytes() >= std::max<uint64_t>(before, block.size()));
}

TEST_CASE("the machine has memory, and no more is available than it has", "[machine]") {
  const Memory memory = this_memory();
  CHECK(memory.total > 0);
  CHECK(memory.available <= memory.total);
}

}  // namespace
}  // namespace rondo
