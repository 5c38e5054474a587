#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace rondo {

// Lines for the user from a thread that does not write the log.
class News {
 public:
  void add(std::string line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }
  // What was added since it was last asked.
  std::vector<std::string> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(lines_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

}  // namespace rondo
