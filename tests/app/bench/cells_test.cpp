#include "app/bench/cells.h"

#include <algorithm>
#include <set>

#include "app/errors.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

std::set<std::string> sections_of(const std::vector<Cell>& cells) {
  std::set<std::string> sections;
  for (const Cell& cell : cells) sections.insert(cell.section);
  return sections;
}

TEST_CASE("no two cells have one name", "[bench]") {
  for (const auto& cells : {table_cells({.classifier = "c"}), scale_cells({}), race_cells({})}) {
    std::set<std::string> names;
    for (const Cell& cell : cells) names.insert(cell.name());
    CHECK(names.size() == cells.size());
  }
}

TEST_CASE("the systems of a row make as many updates of batches as large, in equal sizes",
          "[bench]") {
  const std::vector<Cell> cells = table_cells({});
  for (size_t i = 1; i < cells.size(); ++i) {
    const Cell &before = cells[i - 1], &cell = cells[i];
    if (cell.section != "training" || cell.row != before.row) continue;
    INFO(cell.name());
    CHECK(cell.settings.updates == before.settings.updates);
    CHECK(cell.settings.warm_up == before.settings.warm_up);
    CHECK(cell.settings.batch_sentences == before.settings.batch_sentences);
    CHECK(cell.settings.batch_tokens == before.settings.batch_tokens);
    CHECK(cell.settings.hidden == before.settings.hidden);
    CHECK(cell.settings.decoder_hidden == before.settings.decoder_hidden);
    CHECK(cell.settings.vocabulary == before.settings.vocabulary);
    CHECK(cell.settings.dropout == before.settings.dropout);
    CHECK(cell.settings.threads == before.settings.threads);
  }
}

TEST_CASE("translating comes with the learning that it needs, before it", "[bench]") {
  const auto cells = only_sections(table_cells({}), "translating");
  CHECK(sections_of(cells) == std::set<std::string>{"learning", "translating"});
  CHECK(cells.front().section == "learning");
  CHECK(sections_of(only_sections(table_cells({}), "training")) ==
        std::set<std::string>{"training"});
}

TEST_CASE("a section that is not there is refused", "[bench]") {
  CHECK_THROWS_AS(only_sections(table_cells({}), "trainign"), ConfigError);
}

TEST_CASE("with a model of the user's Rondo does not learn one", "[bench]") {
  for (const Cell& cell : table_cells({.model = "mine.rondo"})) {
    if (cell.system != "rondo" || cell.section == "training") continue;
    CHECK(cell.section != "learning");
    if (cell.section == "translating") CHECK(cell.settings.model == "mine.rondo");
  }
}

TEST_CASE("quick measures the same cells", "[bench]") {
  const auto all = table_cells({}), quick = table_cells({.quick = true});
  REQUIRE(all.size() == quick.size());
  for (size_t i = 0; i < all.size(); ++i) CHECK(all[i].name() == quick[i].name());
}

}  // namespace
}  // namespace rondo
