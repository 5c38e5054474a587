#include "app/decoding/line_stream.h"

#include <future>
#include <stdexcept>

#include "app/decoding/bounded_queue.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

using Lines = std::vector<std::string>;

LineSource counting_to(int64_t count) {
  return [next = int64_t{0}, count](std::string& line) mutable {
    line = std::to_string(next);
    return next++ < count;
  };
}

}  // namespace

TEST_CASE("every line comes once and in order", "[decoding]") {
  Lines seen;
  stream_lines(counting_to(1000),
               [&](std::span<const std::string> lines) {
                 REQUIRE(lines.size() <= 16);
                 seen.insert(seen.end(), lines.begin(), lines.end());
                 return true;
               },
               {.first = 2, .most = 16});
  REQUIRE(seen.size() == 1000);
  for (int64_t i = 0; i < 1000; ++i) REQUIRE(seen[i] == std::to_string(i));
}

TEST_CASE("a line is worked on before the next one is there", "[decoding]") {
  // The source hands out its second line only after the first was worked on: a stream that waited
  // for more would never end.
  std::promise<void> answered;
  int given = 0, worked = 0;
  const auto waits = std::make_shared<std::future<void>>(answered.get_future());
  stream_lines(
      [&given, waits](std::string& line) {
        if (given == 1) waits->wait();
        line = "x";
        return given++ < 2;
      },
      [&](std::span<const std::string> lines) {
        if (worked == 0) answered.set_value();
        worked += static_cast<int>(lines.size());
        return true;
      });
  REQUIRE(worked == 2);
}

TEST_CASE("the first windows are small", "[decoding]") {
  std::vector<size_t> sizes;
  stream_lines(counting_to(500),
               [&](std::span<const std::string> lines) {
                 sizes.push_back(lines.size());
                 return true;
               },
               {.first = 1, .most = 8});
  const size_t limits[] = {1, 2, 4, 8};
  for (size_t i = 0; i < 4; ++i) REQUIRE(sizes[i] <= limits[i]);
}

TEST_CASE("a stream stops when its work says so, though the source still waits", "[decoding]") {
  // The source blocks for ever behind its first line; it owns all that it touches.
  const auto never = std::make_shared<std::promise<void>>();
  auto first = std::make_shared<bool>(true);
  stream_lines(
      [never, first](std::string& line) {
        if (!*first) never->get_future().wait();
        *first = false;
        line = "x";
        return true;
      },
      [](std::span<const std::string>) { return false; });
  SUCCEED("came back");
}

TEST_CASE("an error of the source comes after the lines before it", "[decoding]") {
  int64_t seen = 0;
  const auto broken = [given = 0](std::string& line) mutable {
    if (given++ == 3) throw std::runtime_error("cut short");
    line = "x";
    return true;
  };
  REQUIRE_THROWS_WITH(stream_lines(broken,
                                   [&](std::span<const std::string> lines) {
                                     seen += static_cast<int64_t>(lines.size());
                                     return true;
                                   }),
                      "cut short");
  REQUIRE(seen == 3);
}

TEST_CASE("an error of the work ends the stream", "[decoding]") {
  REQUIRE_THROWS_WITH(stream_lines(counting_to(1'000'000),
                                   [](std::span<const std::string>) -> bool {
                                     throw std::runtime_error("no memory");
                                   }),
                      "no memory");
}

TEST_CASE("a closed queue gives what it holds and takes no more", "[decoding]") {
  BoundedQueue<int> queue(3);
  REQUIRE(queue.push(1));
  REQUIRE(queue.push(2));
  queue.close();
  REQUIRE_FALSE(queue.push(3));
  REQUIRE(queue.take(1) == std::vector<int>{1});
  REQUIRE(queue.take(5) == std::vector<int>{2});
  REQUIRE(queue.take(5).empty());
}
