#include "app/decoding/line_stream.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <thread>

#include "app/decoding/bounded_queue.h"

namespace rondo {
namespace {

// What the reading thread and the caller share; whoever leaves last frees it.
struct Shared {
  explicit Shared(size_t capacity) : lines(capacity) {}
  BoundedQueue<std::string> lines;
  std::exception_ptr failure;  // written before the queue is closed, read after it is drained
};

void read_all(const LineSource& source, const std::shared_ptr<Shared>& shared) {
  try {
    std::string line;
    while (source(line) && shared->lines.push(line)) {
    }
  } catch (...) {
    shared->failure = std::current_exception();
  }
  shared->lines.close();
}

// Lets the reading thread go when the caller leaves early: it may be waiting for input that never
// comes, so it cannot be joined.
class Reader {
 public:
  Reader(LineSource source, std::shared_ptr<Shared> shared)
      : shared_(shared), thread_(read_all, std::move(source), std::move(shared)) {}
  ~Reader() {
    if (!thread_.joinable()) return;
    shared_->lines.close();
    thread_.detach();
  }
  void join() { thread_.join(); }

 private:
  std::shared_ptr<Shared> shared_;
  std::thread thread_;
};

}  // namespace

void stream_lines(LineSource source, const LineWork& work, const LineWindow& window) {
  auto shared = std::make_shared<Shared>(window.most);
  Reader reader(std::move(source), shared);
  size_t size = window.first;
  while (true) {
    const auto lines = shared->lines.take(size);
    if (lines.empty()) break;
    if (!work(lines)) return;
    size = std::min(size * 2, window.most);
  }
  reader.join();
  if (shared->failure) std::rethrow_exception(shared->failure);
}

}  // namespace rondo
