#pragma once

#include <algorithm>
#include <cstdint>
#include <thread>
#include <vector>

namespace rondo {

// act(begin, end) for parts of [0, size), side by side on so many threads; 0 = all cores. Parts are
// small, since the first of them often cost most. act throws nothing.
template <class Action>
void parallel_ranges(int64_t size, int64_t num_threads, Action act) {
  constexpr int64_t kPartsAThread = 16;
  if (num_threads <= 0) num_threads = std::max(1U, std::thread::hardware_concurrency());
  const int64_t part = std::max<int64_t>(size / (num_threads * kPartsAThread), 1);
  const auto work = [&](int64_t thread) {
    for (int64_t begin = thread * part; begin < size; begin += num_threads * part) {
      act(begin, std::min(begin + part, size));
    }
  };
  std::vector<std::jthread> threads;
  for (int64_t thread = 1; thread < num_threads; ++thread) threads.emplace_back(work, thread);
  work(0);
}

}  // namespace rondo
