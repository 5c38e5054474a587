#include "app/alignment/alignment_model.h"

#include <cmath>

#include "tests/support/catch.h"

namespace rondo {
namespace {

constexpr AlignmentOptions kModel1{.tension = 0, .null_share = 0, .num_threads = 1};

// Koehn 2010, figure 4.4: das Haus / the house, das Buch / the book, ein Buch / a book.
struct Houses {
  enum Source { das, haus, buch, ein };
  enum Target { the, house, book, a };
  TokenTable source, target;

  Houses() {
    add({das, haus}, {the, house});
    add({das, buch}, {the, book});
    add({ein, buch}, {a, book});
  }
  void add(const std::vector<int32_t>& from, const std::vector<int32_t>& to) {
    source.push_back(from);
    target.push_back(to);
  }
  AlignedText text() const { return {source, target, 4, 4}; }
};

// Lines of 0 to 6 pieces in two vocabularies of 9; always the same ones.
struct MixedLines {
  TokenTable source, target;

  MixedLines() {
    uint32_t state = 7;
    const auto next = [&state](uint32_t limit) {
      state = state * 1664525U + 1013904223U;
      return static_cast<int32_t>((state >> 16) % limit);
    };
    for (int line = 0; line < 200; ++line) {
      for (TokenTable* side : {&source, &target}) {
        std::vector<int32_t> ids(static_cast<size_t>(next(7)));
        for (int32_t& id : ids) id = next(9);
        side->push_back(ids);
      }
    }
  }
  AlignedText text() const { return {source, target, 9, 9}; }
};

}  // namespace

TEST_CASE("three passes of model 1 find the published probabilities", "[alignment]") {
  const Houses houses;
  AlignmentModel model(houses.text(), kModel1);
  const auto check = [&](double the_das, double book_das, double a_ein) {
    CHECK(model.probability(Houses::das, Houses::the) == Approx(the_das).margin(5e-5));
    CHECK(model.probability(Houses::das, Houses::book) == Approx(book_das).margin(5e-5));
    CHECK(model.probability(Houses::ein, Houses::a) == Approx(a_ein).margin(5e-5));
  };
  check(0.25, 0.25, 0.25);
  model.improve();
  check(0.5, 0.25, 0.5);
  model.improve();
  check(0.6364, 0.1818, 0.5714);
  model.improve();
  check(0.7479, 0.1208, 0.6534);
  CHECK(model.probability(Houses::ein, Houses::house) == 0);
}

TEST_CASE("the diagonal decides between pairs that always come together", "[alignment]") {
  TokenTable source, target;
  source.push_back(std::vector<int32_t>{0, 1});
  target.push_back(std::vector<int32_t>{0, 1});
  const AlignedText text{source, target, 2, 2};
  AlignmentModel blind(text, kModel1);
  AlignmentModel diagonal(text, {.tension = 4, .null_share = 0, .num_threads = 1});
  for (int pass = 0; pass < 5; ++pass) {
    blind.improve();
    diagonal.improve();
  }
  CHECK(blind.probability(0, 0) == Approx(0.5));
  CHECK(diagonal.probability(0, 0) > 0.99);
  CHECK(diagonal.probability(1, 1) > 0.99);
}

TEST_CASE("one pass with a diagonal and no source can be worked by hand", "[alignment]") {
  // Two source pieces, one target piece at place 1: distances 1/2 and 0, so that the second claims
  // 0.8 * 1 / (1 + e^-1) of it, the first 0.8 e^-1 / (1 + e^-1), and no piece 0.2.
  TokenTable source, target;
  source.push_back(std::vector<int32_t>{0, 1});
  target.push_back(std::vector<int32_t>{0});
  source.push_back(std::vector<int32_t>{1});
  target.push_back(std::vector<int32_t>{1});
  AlignmentModel model({source, target, 2, 2}, {.tension = 2, .null_share = 0.2, .num_threads = 1});
  model.improve();
  const double second = 0.8 / (1 + std::exp(-1.0));
  CHECK(model.probability(1, 0) == Approx(second / (second + 0.8)).epsilon(1e-6));
  CHECK(model.probability(0, 0) == Approx(1.0));
}

TEST_CASE("the text never becomes less probable from pass to pass", "[alignment]") {
  const MixedLines lines;
  AlignmentModel model(lines.text(), {.num_threads = 1});
  double before = model.improve();
  for (int pass = 0; pass < 8; ++pass) {
    const double now = model.improve();
    CHECK(now >= before - 1e-6);
    before = now;
  }
}

TEST_CASE("a table is the same whatever the number of threads", "[alignment]") {
  const MixedLines lines;
  const auto learnt = [&](int64_t threads) {
    return learn_lexical_table(lines.text(), {.num_threads = threads}, {.best = 5});
  };
  const LexicalTable alone = learnt(1);
  CHECK(alone == learnt(2));
  CHECK(alone == learnt(5));
  CHECK(alone.rows() == 10);
}

TEST_CASE("rows come likeliest first, and the last tells how often each piece comes",
          "[alignment]") {
  const Houses houses;
  const LexicalTable table = learn_lexical_table(houses.text(), kModel1, {.best = 2});
  REQUIRE(table.rows() == 5);
  REQUIRE(table[Houses::das].size() == 2);
  CHECK(table[Houses::das][0].target == Houses::the);
  CHECK(table[Houses::das][0].probability > table[Houses::das][1].probability);
  REQUIRE(table.frequent().size() == 4);
  CHECK(table.frequent()[0] == LexicalEntry{Houses::the, 2.0F / 6});
  CHECK(table.frequent()[1] == LexicalEntry{Houses::book, 2.0F / 6});
  CHECK(table.frequent()[3] == LexicalEntry{Houses::a, 1.0F / 6});
}

TEST_CASE("a text without lines gives empty rows", "[alignment]") {
  const TokenTable none;
  const LexicalTable table = learn_lexical_table({none, none, 3, 3}, {}, {});
  CHECK(table.rows() == 4);
  CHECK(table.entries().empty());
}

}  // namespace rondo
