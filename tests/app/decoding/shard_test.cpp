#include "app/decoding/shard.h"

#include <vector>

#include "app/errors.h"
#include "tests/support/catch.h"

namespace rondo {
namespace {

std::function<bool(int&)> numbers_to(int end) {
  return [next = 0, end](int& number) mutable {
    number = next;
    return next++ < end;
  };
}

}  // namespace

TEST_CASE("the parts of an input are disjoint and make the whole", "[decoding]") {
  const int items = GENERATE(0, 1, 3, 10, 17);
  const int64_t count = GENERATE(1, 2, 4, 20);
  CHECK(count_items(numbers_to(items)) == items);
  std::vector<int> all;
  for (int64_t number = 1; number <= count; ++number) {
    const Shard shard{number, count};
    const auto part = part_of(numbers_to(items), shard.begin(items), shard.end(items));
    for (int item = 0; part(item);) all.push_back(item);
    CHECK(shard.end(items) - shard.begin(items) <= items / count + 1);
  }
  std::vector<int> expected;
  for (int i = 0; i < items; ++i) expected.push_back(i);
  CHECK(all == expected);
}

TEST_CASE("a part is written as its number and how many there are", "[decoding]") {
  CHECK(parse_shard("") == Shard{1, 1});
  CHECK(parse_shard("2/8") == Shard{2, 8});
  for (const char* wrong : {"0/4", "5/4", "2", "/4", "2/", "2/x", "1/4/2", "-1/4", "1/0"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(parse_shard(wrong), ConfigError);
  }
  CHECK_THROWS_AS(check_shard({1, 2}, "-"), ConfigError);
  CHECK_NOTHROW(check_shard({1, 1}, "-"));
}

}  // namespace rondo
