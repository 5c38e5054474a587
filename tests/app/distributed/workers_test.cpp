#include "app/distributed/workers.h"

#include <mutex>

#include "app/errors.h"
#include "tests/app/distributed/worker_threads.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

// What each worker found, by rank; checked once all are back, since Catch2 knows one thread.
template <class Found>
std::vector<Found> found_by(int64_t count, const std::function<Found(const Workers&)>& find) {
  std::mutex mutex;
  std::vector<Found> all(static_cast<size_t>(count));
  run_as_workers(count, [&](const Workers& workers) {
    Found found = find(workers);
    const std::lock_guard lock(mutex);
    all[static_cast<size_t>(workers.rank())] = std::move(found);
  });
  return all;
}

}  // namespace

TEST_CASE("one worker is alone with what it says", "[distributed]") {
  const Workers workers;
  CHECK(workers.alone());
  CHECK(workers.first());
  CHECK(workers.sum(std::vector<double>{1, 2}) == std::vector<double>{1, 2});
  CHECK(workers.gather("a") == std::vector<std::string>{"a"});
  CHECK(workers.from_first("b") == "b");
  workers.agree({{"text", "c"}});
  workers.leave();
}

TEST_CASE("workers sum, gather and hear the first", "[distributed]") {
  struct Heard {
    std::vector<double> sums;
    std::vector<std::string> said;
    std::string first, nothing;
    torch::Tensor rows;
  };
  const auto all = found_by<Heard>(3, [](const Workers& workers) {
    const auto rank = static_cast<double>(workers.rank());
    const std::string own(static_cast<size_t>(workers.rank()), 'x');  // the first says nothing
    return Heard{.sums = workers.sum({rank, 10 * rank}),
                 .said = workers.gather(own),
                 .first = workers.from_first("rank " + std::to_string(workers.rank())),
                 .nothing = workers.from_first(""),
                 .rows = joined_rows(workers, torch::full({workers.rank() + 1, 2}, rank))};
  });
  for (const Heard& heard : all) {
    CHECK(heard.sums == std::vector<double>{3, 30});
    CHECK(heard.said == std::vector<std::string>{"", "x", "xx"});
    CHECK(heard.first == "rank 0");
    CHECK(heard.nothing.empty());
    CHECK(torch::equal(heard.rows.select(1, 0), torch::tensor({0.F, 1.F, 1.F, 2.F, 2.F, 2.F})));
  }
}

TEST_CASE("a sum has the same bits on each worker and each time", "[distributed]") {
  const auto sums = [] {
    return found_by<torch::Tensor>(4, [](const Workers& workers) {
      const auto generator =
          at::make_generator<at::CPUGeneratorImpl>(static_cast<uint64_t>(workers.rank()) + 7);
      torch::Tensor numbers = torch::randn({100'003}, generator);
      workers.sum(numbers);
      return numbers;
    });
  };
  const auto first = sums(), second = sums();
  for (size_t rank = 0; rank < first.size(); ++rank) {
    CHECK(torch::equal(first[rank], first[0]));
    CHECK(torch::equal(second[rank], first[0]));
  }
}

TEST_CASE("workers that do not agree all say which one differs, and in what", "[distributed]") {
  const auto all = found_by<std::string>(3, [](const Workers& workers) {
    const std::string width = workers.rank() == 2 ? "128" : "256";
    try {
      workers.agree({{"program", "1.0"}, {"configuration", "name: a\n  width: " + width + "\n"}});
    } catch (const ConfigError& error) {
      return std::string(error.what());
    }
    return std::string("agreed");
  });
  for (const std::string& said : all) {
    CHECK_THAT(said, ContainsSubstring("rank 2 on ") &&
                         ContainsSubstring("has another configuration than rank 0 on ") &&
                         ContainsSubstring("width: 128, and not width: 256"));
  }
}

TEST_CASE("a worker that never comes is named by those that wait", "[distributed]") {
  const WorkerPlace place{.size = 2, .address = "127.0.0.1", .port = unused_port()};
  CHECK_THROWS_WITH(Workers(place, std::chrono::milliseconds(200)),
                    ContainsSubstring("rank 1 did not come"));
}

}  // namespace rondo
