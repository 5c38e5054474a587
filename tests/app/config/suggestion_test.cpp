#include "app/config/suggestion.h"

#include <vector>

#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("the distance counts insertions, deletions, replacements and swaps", "[config]") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("", "ab") == 2);
  CHECK(edit_distance("batch_sise", "batch_size") == 1);
  CHECK(edit_distance("batchsize", "batch_size") == 1);
  CHECK(edit_distance("tpye", "type") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("only a near name is suggested", "[config]") {
  const std::vector<std::string> names{"batch_size", "batch_type", "dropout"};
  CHECK(nearest("batch_sise", names) == "batch_size");
  CHECK(nearest("batch_tipe", names) == "batch_type");
  CHECK(nearest("droput", names) == "dropout");
  CHECK(nearest("momentum", names).empty());
  CHECK(nearest("", names).empty());
  CHECK(nearest(std::string(100'000, 'b'), names).empty());
}

TEST_CASE("a name that is too long to be near costs nothing", "[config]") {
  const std::vector<std::string> names{std::string(10'000'000, 'b'), "batch"};
  CHECK(nearest("batsh", names) == "batch");
}

}  // namespace rondo
