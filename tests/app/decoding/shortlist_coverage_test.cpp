#include "app/decoding/shortlist_coverage.h"

#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("coverage counts the target pieces that shortlists hold", "[decoding]") {
  LexicalTable table;
  for (int row = 0; row < 4; ++row) table.push_back({});
  table.push_back(std::vector<LexicalEntry>{{5, 1.0F}});
  table.push_back({});
  const Shortlist shortlist(std::make_shared<LexicalTable>(table), {}, 8, false);
  TokenTable source, target;
  for (int line = 0; line < 3; ++line) source.push_back(std::vector<int32_t>{4});
  for (const auto& ids : {std::vector<int32_t>{5, 5}, {5, 6, 7}, {6}}) target.push_back(ids);
  const auto coverage = shortlist_coverage(shortlist, source, target, 2);
  CHECK(coverage.lines == 2);
  CHECK(coverage.pieces == 5);
  CHECK(coverage.covered_pieces == 3);
  CHECK(coverage.covered_lines == 1);
  CHECK(coverage.listed == 10);
  CHECK(describe(coverage) ==
        "of 2 lines: 5 pieces listed a line, which hold 60.00% of the target's pieces and all "
        "pieces of 50.0% of the lines");
}

}  // namespace rondo
