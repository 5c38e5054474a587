#pragma once

#include <latch>
#include <thread>
#include <vector>

namespace rondo {

inline constexpr size_t kThreadsAtOnce = 8;

// Runs work(number) on 8 threads, none of which begins before all are there. Work must not throw.
template <typename Work>
void on_threads_at_once(const Work& work) {
  std::latch all_there(kThreadsAtOnce);
  std::vector<std::jthread> threads;
  for (size_t number = 0; number < kThreadsAtOnce; ++number) {
    threads.emplace_back([&, number] {
      all_there.arrive_and_wait();
      work(number);
    });
  }
}

}  // namespace rondo
