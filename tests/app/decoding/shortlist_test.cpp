#include "app/decoding/shortlist.h"

#include "tests/support/catch.h"

namespace rondo {
namespace {

// Source pieces 4, 5, 6 of 7; target pieces up to 11.
std::shared_ptr<const LexicalTable> seven_rows() {
  LexicalTable table;
  for (int row = 0; row < 4; ++row) table.push_back({});
  table.push_back(std::vector<LexicalEntry>{{9, 0.6F}, {7, 0.3F}, {8, 0.1F}});
  table.push_back(std::vector<LexicalEntry>{{11, 0.9F}});
  table.push_back({});
  table.push_back(std::vector<LexicalEntry>{{10, 0.5F}, {4, 0.3F}, {6, 0.2F}});
  return std::make_shared<LexicalTable>(std::move(table));
}

using Ids = std::vector<int64_t>;

Ids ids_of(const ShortlistOptions& options, const std::vector<int32_t>& line, bool copies = false) {
  TokenTable sources;
  sources.push_back(line);
  const Ids lines{0};
  return Shortlist(seven_rows(), options, 12, copies).ids(sources, lines);
}

}  // namespace

TEST_CASE("a shortlist joins special, frequent and likely pieces, ascending", "[decoding]") {
  CHECK(ids_of({.first = 0, .best = 0}, {4}) == Ids{0, 1, 2, 3});
  CHECK(ids_of({.first = 2, .best = 0}, {4}) == Ids{0, 1, 2, 3, 4, 10});
  CHECK(ids_of({.first = 1, .best = 2}, {4, 5}) == Ids{0, 1, 2, 3, 7, 9, 10, 11});
  CHECK(ids_of({.first = 0, .best = 9, .threshold = 0.25}, {4}) == Ids{0, 1, 2, 3, 7, 9});
  CHECK(ids_of({.first = 99, .best = 99}, {6, 6}) == Ids{0, 1, 2, 3, 4, 6, 10});
}

TEST_CASE("with one vocabulary a source piece may come out as it is", "[decoding]") {
  CHECK(ids_of({.first = 0, .best = 1}, {6, 5}, /*copies=*/true) == Ids{0, 1, 2, 3, 5, 6, 11});
}

TEST_CASE("a batch's shortlist is of its own lines alone", "[decoding]") {
  TokenTable sources;
  for (const int32_t piece : {4, 5, 6}) sources.push_back(std::vector<int32_t>{piece});
  const Shortlist shortlist(seven_rows(), {.first = 0, .best = 1}, 12, false);
  CHECK(shortlist.ids(sources, Ids{1, 2}) == Ids{0, 1, 2, 3, 11});
  CHECK(shortlist.ids(sources, Ids{0, 1}) == Ids{0, 1, 2, 3, 9, 11});
}

}  // namespace rondo
