#include "app/machine/advice.h"

#include "tests/support/catch.h"

namespace rondo {
namespace {

// A machine about which there is nothing to say.
MachineFacts healthy() {
  return {.processor = {.model = "x", .flags = {"sse2", "avx", "avx2"}, .usable_cores = 4},
          .memory = {.total = 16'000'000'000, .available = 8'000'000'000},
          .free_disk = 50'000'000'000,
          .threads = 4,
          .fp32_rate = 200e9,
          .bf16_rate = 100e9};
}

std::string only_advice(const MachineFacts& facts) {
  const auto lines = advice_for(facts);
  REQUIRE(lines.size() == 1);
  return lines[0];
}

TEST_CASE("a healthy machine needs no advice", "[machine]") {
  CHECK(advice_for(healthy()).empty());
}

TEST_CASE("a variable that leaves cores idle is named", "[machine]") {
  MachineFacts facts = healthy();
  facts.omp_num_threads = "1";
  facts.threads = 1;
  CHECK(only_advice(facts) ==
        "OMP_NUM_THREADS=1 leaves cores idle: 1 of 4 are used; unset it, or set "
        "training.num_threads");
}

TEST_CASE("hyper-threads that LibTorch leaves out by itself are no fault", "[machine]") {
  MachineFacts facts = healthy();
  facts.threads = 2;
  CHECK(advice_for(facts).empty());
}

TEST_CASE("more threads than cores are a fault", "[machine]") {
  MachineFacts facts = healthy();
  facts.threads = 64;
  CHECK_THAT(only_advice(facts),
             ContainsSubstring("64 threads on 4 cores") && ContainsSubstring("OMP_NUM_THREADS=4"));
}

TEST_CASE("a processor without AVX2 is slow, and ARM has none to miss", "[machine]") {
  MachineFacts facts = healthy();
  facts.processor.flags = {"sse2", "avx"};
  CHECK_THAT(only_advice(facts), ContainsSubstring("half speed"));
  facts.processor.flags = {"sse2"};
  CHECK_THAT(only_advice(facts), ContainsSubstring("no AVX"));
  facts.processor.flags = {"asimd"};
  CHECK(advice_for(facts).empty());
}

TEST_CASE("a GPU that LibTorch cannot use is told", "[machine]") {
  MachineFacts facts = healthy();
  facts.gpu_in_machine = true;
  CHECK_THAT(only_advice(facts), ContainsSubstring("CUDA build"));
  facts.usable_gpus = 1;
  CHECK(advice_for(facts).empty());
}

TEST_CASE("the precision that measures faster is advised", "[machine]") {
  MachineFacts facts = healthy();
  facts.bf16_rate = 400e9;
  CHECK_THAT(only_advice(facts), ContainsSubstring("training.precision: bf16"));
  facts.takes_bf16 = true;
  CHECK(advice_for(facts).empty());
  facts.bf16_rate = 100e9;
  CHECK_THAT(only_advice(facts), ContainsSubstring("training.precision: fp32"));
}

TEST_CASE("little memory or disk, and a LibTorch without oneDNN, are told", "[machine]") {
  MachineFacts facts = healthy();
  facts.memory.available = 900'000'000;
  CHECK_THAT(only_advice(facts), ContainsSubstring("900 MB of memory"));
  facts = healthy();
  facts.free_disk = 100'000'000;
  CHECK_THAT(only_advice(facts), ContainsSubstring("100 MB of disk"));
  facts = healthy();
  facts.fused_layers = false;
  CHECK_THAT(only_advice(facts), ContainsSubstring("oneDNN"));
}

}  // namespace
}  // namespace rondo
