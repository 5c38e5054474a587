#include "app/machine/processor.h"

#include <sstream>

#include "tests/support/catch.h"

namespace rondo {
namespace {

Processor parsed(const std::string& text) {
  std::istringstream in(text);
  return read_cpuinfo(in);
}

int64_t limit(const std::string& text) {
  std::istringstream in(text);
  return read_cpu_limit(in);
}

TEST_CASE("model and flags are those of the first core", "[machine]") {
  const Processor processor = parsed(
      "processor\t: 0\nmodel name\t: Some CPU @ 2.00GHz: fast\nflags\t\t: fpu avx2 amx_bf16\n\n"
      "processor\t: 1\nmodel name\t: Other\nflags\t\t: avx512f\n\n");
  CHECK(processor.model == "Some CPU @ 2.00GHz: fast");
  CHECK(processor.flags == std::set<std::string>{"fpu", "avx2", "amx_bf16"});
  CHECK(processor.has("avx2"));
  CHECK_FALSE(processor.has("avx"));
}

TEST_CASE("ARM's features are flags, and its missing model is said", "[machine]") {
  const Processor processor = parsed("processor : 0\nFeatures : fp asimd bf16\n: odd\n:\nodd\n");
  CHECK(processor.model == "unknown processor");
  CHECK(processor.has("bf16"));
}

TEST_CASE("a system that says nothing gives no flags", "[machine]") {
  CHECK(parsed("").flags.empty());
}

TEST_CASE("a container's limit counts whole cores", "[machine]") {
  CHECK(limit("200000 100000\n") == 2);
  CHECK(limit("150000 100000\n") == 2);
  CHECK(limit("max 100000\n") == 0);
  CHECK(limit("") == 0);
}

TEST_CASE("this process may use at least one core", "[machine]") {
  CHECK(this_processor().usable_cores >= 1);
}

}  // namespace
}  // namespace rondo
