#include "app/experiments/search_space.h"

#include <cmath>
#include <map>
#include <set>

#include "app/config/number_text.h"
#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

// Every seed is fixed: 1, or as the test says.
namespace rondo {
namespace {

using Texts = std::vector<std::string>;
using Rows = std::vector<std::vector<std::string>>;

Dimension dimension(const std::string& text) { return parse_space(Texts{text}).front(); }

std::string error_of(const std::string& text) {
  return message_of<ConfigError>([&] { parse_space(Texts{text}); });
}

TEST_CASE("a list, a range and a range of so many values are told apart", "[experiments]") {
  CHECK(dimension("a=0.1,0.2").values == Texts{"0.1", "0.2"});
  const Dimension range = dimension("a=log:1e-4..1e-2");
  CHECK(range.is_range());
  CHECK(range.is_logarithmic());
  CHECK(range.low == 1e-4);
  CHECK(range.high == 1e-2);
  CHECK(dimension("a=log:1e-4..1e-2/3").values == Texts{"0.0001", "0.001", "0.01"});
  CHECK(dimension("a=lin:0..1/5").values == Texts{"0", "0.25", "0.5", "0.75", "1"});
  CHECK(dimension("a=int:1..3/9").values == Texts{"1", "2", "3"});
  CHECK(dimension("a=ilog:16..64/3").values == Texts{"16", "32", "64"});
}

TEST_CASE("a range that cannot be drawn from is refused with what it needs", "[experiments]") {
  CHECK_THAT(error_of("a=lin:2..1"), ContainsSubstring("--key a=lin:2..1: expected lin:A..B"));
  CHECK_THAT(error_of("a=log:0..1"), ContainsSubstring("both above 0"));
  CHECK_THAT(error_of("a=int:1.5..3"), ContainsSubstring("whole numbers"));
  CHECK_THAT(error_of("a=lin:1..2/1"), ContainsSubstring("at least 2"));
  CHECK_THAT(error_of("a=lin:1-2"), ContainsSubstring("A..B"));
  CHECK_THAT(error_of("a=1,1"), ContainsSubstring("twice"));
  CHECK_THAT(error_of("a=1,,2"), ContainsSubstring("empty"));
}

TEST_CASE("a share of a range lies where its scale puts it", "[experiments]") {
  CHECK(value_at(dimension("a=lin:0..8"), 0.25) == "2");
  CHECK(value_at(dimension("a=log:1e-4..1e-2"), 0.5) == "0.001");
  CHECK(value_at(dimension("a=log:1e-4..1e-2"), 0.123456) == "0.0001766");
  CHECK(value_at(dimension("a=ilog:16..64"), 0.5) == "32");
}

TEST_CASE("the ends of a range are kept exactly, and never passed", "[experiments]") {
  const Dimension range = dimension("a=lin:0.123456..0.123459");
  for (const double share : {0.0, 0.3, 0.999999}) {
    const double value = parse_number<double>(value_at(range, share)).value();
    CHECK(value >= 0.123456);
    CHECK(value <= 0.123459);
  }
}

TEST_CASE("each whole number of a range owns an equal share, the ends too", "[experiments]") {
  const Dimension range = dimension("a=int:1..3");
  CHECK(value_at(range, 0) == "1");
  CHECK(value_at(range, 0.33) == "1");
  CHECK(value_at(range, 0.34) == "2");
  CHECK(value_at(range, 0.67) == "3");
  CHECK(value_at(range, 0.9999) == "3");
}

TEST_CASE("a grid is every combination in order", "[experiments]") {
  const SearchSpace space = parse_space(Texts{"a=x,y", "b=int:1..2/2"});
  CHECK(size_of(space) == 4);
  CHECK(plan_trials(space, SearchKind::grid, 1, 99) ==
        Rows{{"x", "1"}, {"x", "2"}, {"y", "1"}, {"y", "2"}});
}

TEST_CASE("a grid over a range without a number of values is refused", "[experiments]") {
  const SearchSpace space = parse_space(Texts{"a=lin:0..1"});
  CHECK_FALSE(size_of(space));
  CHECK_THAT(message_of<ConfigError>([&] { plan_trials(space, SearchKind::grid, 1, 9); }),
             ContainsSubstring("--key a: a grid needs a list, or a range with a number of values"));
}

TEST_CASE("a trial's values depend on the seed and its number alone", "[experiments]") {
  const SearchSpace space = parse_space(Texts{"a=lin:0..1", "b=p,q,r"});
  const auto few = plan_trials(space, SearchKind::random, 1, 5);
  const auto many = plan_trials(space, SearchKind::random, 1, 50);
  CHECK(Rows(many.begin(), many.begin() + 5) == few);
  CHECK(plan_trials(space, SearchKind::random, 2, 5) != few);
}

TEST_CASE("random draws stay within bounds and reach all of the space", "[experiments]") {
  const SearchSpace space = parse_space(Texts{"a=log:1e-4..1e-2", "b=p,q", "c=int:400..403"});
  int64_t low = 0;
  std::set<std::string> names, numbers;
  for (const auto& values : plan_trials(space, SearchKind::random, 1, 400)) {
    const double rate = parse_number<double>(values[0]).value();
    REQUIRE((rate >= 1e-4 && rate <= 1e-2));
    low += rate < 1e-3 ? 1 : 0;  // half of a logarithmic range
    names.insert(values[1]);
    numbers.insert(values[2]);
  }
  CHECK(low > 160);
  CHECK(low < 240);
  CHECK(names == std::set<std::string>{"p", "q"});
  CHECK(numbers == std::set<std::string>{"400", "401", "402", "403"});
}

TEST_CASE("a finite space is drawn from without repeats, and no further", "[experiments]") {
  const SearchSpace space = parse_space(Texts{"a=1,2,3", "b=x,y"});
  const auto some = plan_trials(space, SearchKind::random, 7, 4);
  const auto all = plan_trials(space, SearchKind::random, 7, 50);
  CHECK(all.size() == 6);
  CHECK(Rows(all.begin(), all.begin() + 4) == some);
  CHECK(std::set<std::vector<std::string>>(all.begin(), all.end()).size() == 6);
  CHECK(all != plan_trials(space, SearchKind::grid, 7, 50));
}

TEST_CASE("the settings of a trial name every key of a group", "[experiments]") {
  const SearchSpace space = parse_space(Texts{"a.x+b.x=1,2", "c=3,4"});
  CHECK(settings_of(space, {"2", "3"}) == Texts{"a.x=2", "b.x=2", "c=3"});
}

}  // namespace
}  // namespace rondo
