#include "app/decoding/request_queue.h"

#include <algorithm>
#include <latch>

#include "tests/app/decoding/threads_at_once.h"
#include "tests/support/catch.h"

using namespace rondo;

namespace {

using Lines = std::vector<std::string>;
using Queue = RequestQueue<std::string>;

Lines in_brackets(std::span<const std::string> lines) {
  Lines answers;
  for (const auto& line : lines) answers.push_back("<" + line + ">");
  return answers;
}

// Work that stops at its first batch until the test opens the gate, and notes the batches' sizes.
struct GatedWork {
  Queue::Work work() {
    return [this](std::span<const std::string> lines) {
      sizes.push_back(lines.size());
      if (sizes.size() == 1) {
        begun.count_down();
        gate.wait();
      }
      return in_brackets(lines);
    };
  }

  std::latch begun{1}, gate{1};
  std::vector<size_t> sizes{};  // read once the queue is gone or has answered
};

}  // namespace

TEST_CASE("each request gets the answers to its own lines", "[decoding]") {
  Queue queue(in_brackets, 4);
  auto two = queue.submit({"a", "b"}), none = queue.submit({}), one = queue.submit({"c"});
  REQUIRE(one.get() == Lines{"<c>"});
  REQUIRE(two.get() == Lines{"<a>", "<b>"});
  REQUIRE(none.get().empty());
}

TEST_CASE("requests that wait are worked on together, first come first served", "[decoding]") {
  GatedWork gated;
  Queue queue(gated.work(), 4);
  auto first = queue.submit({"first"});
  gated.begun.wait();
  std::vector<std::future<Lines>> later;
  for (const size_t size : {2, 1, 1, 3, 9, 1}) later.push_back(queue.submit(Lines(size, "x")));
  gated.gate.count_down();
  for (auto& answers : later) answers.wait();
  // 2 + 1 + 1 fill a batch of 4; 3 and 9 do not fit together; 9 goes whole and alone.
  REQUIRE(gated.sizes == std::vector<size_t>{1, 4, 3, 9, 1});
  REQUIRE(first.get() == Lines{"<first>"});
  REQUIRE(later[4].get() == Lines(9, "<x>"));
}

TEST_CASE("a bad request fails alone", "[decoding]") {
  GatedWork gated;
  Queue queue(
      [work = gated.work()](std::span<const std::string> lines) {
        auto answers = work(lines);
        if (std::ranges::count(lines, "bad") > 0) throw std::invalid_argument("a bad line");
        return answers;
      },
      8);
  auto first = queue.submit({"first"});
  gated.begun.wait();
  auto before = queue.submit({"a"}), bad = queue.submit({"b", "bad"}), behind = queue.submit({"c"});
  gated.gate.count_down();
  REQUIRE(first.get() == Lines{"<first>"});
  REQUIRE(before.get() == Lines{"<a>"});
  REQUIRE(behind.get() == Lines{"<c>"});
  REQUIRE_THROWS_AS(bad.get(), std::invalid_argument);
  REQUIRE(queue.submit({"d"}).get() == Lines{"<d>"});
}

TEST_CASE("work that does not answer every line is an error of its request", "[decoding]") {
  Queue queue([](std::span<const std::string>) { return Lines{"one"}; }, 4);
  REQUIRE_THROWS_AS(queue.submit({"a", "b"}).get(), std::logic_error);
  REQUIRE(queue.submit({"a"}).get() == Lines{"one"});
}

TEST_CASE("a closed queue answers what it works on and refuses the rest", "[decoding]") {
  GatedWork gated;
  std::future<Lines> working, waiting, late;
  {
    Queue queue(gated.work(), 4);
    working = queue.submit({"working"});
    gated.begun.wait();
    waiting = queue.submit({"waiting"});
    queue.close();
    late = queue.submit({"late"});
    gated.gate.count_down();
  }
  REQUIRE(working.get() == Lines{"<working>"});
  REQUIRE_THROWS_AS(waiting.get(), std::runtime_error);
  REQUIRE_THROWS_AS(late.get(), std::runtime_error);
  REQUIRE(gated.sizes.size() == 1);
}

TEST_CASE("requests from many threads are not mixed up", "[decoding]") {
  Queue queue(in_brackets, 16);
  std::vector<int> wrong(kThreadsAtOnce, 0);
  on_threads_at_once([&](size_t thread) {
    for (size_t request = 0; request < 50; ++request) {
      const Lines lines(request % 4, std::to_string(thread) + "." + std::to_string(request));
      wrong[thread] += queue.submit(lines).get() != in_brackets(lines);
    }
  });
  REQUIRE(wrong == std::vector<int>(kThreadsAtOnce, 0));
}
