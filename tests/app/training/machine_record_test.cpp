#include "app/training/machine_record.h"

#include "app/errors.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

MachineRecord some_machine() {
  return {.program = "1.0",
          .libtorch = "2.13.0",
          .processor = "EPYC",
          .kernels = "AVX512",
          .device = "cpu",
          .precision = "fp32",
          .threads = 1};
}

TEST_CASE("a record of a machine comes back as it was", "[training]") {
  CHECK(machine_record_from_json(to_json(some_machine())) == some_machine());
}

TEST_CASE("on the same machine nothing has changed", "[training]") {
  CHECK(changed_machine(some_machine(), some_machine()).empty());
}

TEST_CASE("what has changed is told in a line each", "[training]") {
  MachineRecord now = some_machine();
  now.threads = 2;
  now.precision = "bf16";
  CHECK(changed_machine(some_machine(), now) ==
        std::vector<std::string>{"precision: bf16, was fp32: results will differ in the last bits",
                                 "threads: 2, was 1: results will differ in the last bits"});
}

TEST_CASE("text that is no record is refused", "[training]") {
  CHECK_THROWS_AS(machine_record_from_json("{}"), DataError);
  CHECK_THROWS_AS(machine_record_from_json("{"), DataError);
}

}  // namespace
}  // namespace rondo
