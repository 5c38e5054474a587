#include "app/alignment/lexical_table.h"

#include "tests/support/catch.h"

namespace rondo {

TEST_CASE("a row keeps its likeliest entries, equals by their number", "[alignment]") {
  const std::vector<LexicalEntry> row{{7, 0.25F}, {2, 0.5F}, {5, 0.125F}, {3, 0.25F}};
  CHECK(likeliest(row, {.best = 3}) ==
        std::vector<LexicalEntry>{{2, 0.5F}, {3, 0.25F}, {7, 0.25F}});
  CHECK(likeliest(row, {.best = 9, .threshold = 0.25}) ==
        std::vector<LexicalEntry>{{2, 0.5F}, {3, 0.25F}, {7, 0.25F}});
  CHECK(likeliest(row, {.best = 0}).empty());
  CHECK(likeliest({}, {}).empty());
}

TEST_CASE("a narrower limit keeps the beginning of a row", "[alignment]") {
  const std::vector<LexicalEntry> row{{2, 0.5F}, {3, 0.25F}, {7, 0.125F}};
  CHECK(kept_entries(row, {.best = 2}) == 2);
  CHECK(kept_entries(row, {.best = 9, .threshold = 0.2}) == 2);
  CHECK(kept_entries(row, {.best = 9, .threshold = 0.6}) == 0);
}

TEST_CASE("rows come back as they were added", "[alignment]") {
  LexicalTable table;
  const std::vector<LexicalEntry> first{{4, 1.0F}}, last{{5, 0.5F}, {4, 0.5F}};
  table.push_back(first);
  table.push_back({});
  table.push_back(last);
  CHECK(table.rows() == 3);
  CHECK(std::vector(table[0].begin(), table[0].end()) == first);
  CHECK(table[1].empty());
  CHECK(std::vector(table.frequent().begin(), table.frequent().end()) == last);
  CHECK(LexicalTable(table.offsets(), table.entries()) == table);
}

}  // namespace rondo
