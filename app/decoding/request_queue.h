#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <iterator>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace rondo {

// Requests from any number of threads, worked on by one, first come first served. Requests that
// wait are joined into one batch, so that many small callers get the speed of a large one.
template <typename Answer>
class RequestQueue {
 public:
  using Lines = std::vector<std::string>;
  using Answers = std::vector<Answer>;
  using Work = std::function<Answers(std::span<const std::string>)>;  // one answer a line

  // Work is called on the queue's own thread, which the first request starts, with whole requests
  // of at most most_lines together, or with one that is larger.
  RequestQueue(Work work, size_t most_lines) : work_(std::move(work)), most_lines_(most_lines) {}

  // Answers the batch in work and refuses what waits, so that it ends soon however much there is.
  ~RequestQueue() {
    close();
    if (worker_.joinable()) worker_.join();
  }
  RequestQueue(const RequestQueue&) = delete;
  RequestQueue& operator=(const RequestQueue&) = delete;

  // The future gives one answer a line, or throws what Work throws for these lines alone: a batch
  // that fails is worked on again, request by request.
  std::future<Answers> submit(Lines lines) {
    Request request{.lines = std::move(lines), .answers = {}};
    auto answers = request.answers.get_future();
    const std::lock_guard lock(mutex_);
    if (closed_) {
      refuse(request);
      return answers;
    }
    waiting_.push_back(std::move(request));
    if (!worker_.joinable()) worker_ = std::thread([this] { run(); });
    changed_.notify_one();
    return answers;
  }

  // What waits and what comes is refused: its futures throw std::runtime_error.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (Request& request : waiting_) refuse(request);
    waiting_.clear();
    changed_.notify_one();
  }

 private:
  struct Request {
    Lines lines{};
    std::promise<Answers> answers{};
  };

  static void refuse(Request& request) {
    request.answers.set_exception(std::make_exception_ptr(
        std::runtime_error("the queue was closed before it came to this request")));
  }

  void run() {
    for (auto batch = next_batch(); !batch.empty(); batch = next_batch()) answer(batch);
  }

  // Waits for a request and takes those that fit into a batch; nothing once the queue is closed.
  std::vector<Request> next_batch() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    std::vector<Request> batch;
    for (size_t lines = 0; !waiting_.empty();) {
      lines += waiting_.front().lines.size();
      if (!batch.empty() && lines > most_lines_) break;
      batch.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    return batch;
  }

  void answer(std::span<Request> batch) const {
    try {
      auto answers = answers_to(batch);
      for (size_t i = 0; i < batch.size(); ++i) batch[i].answers.set_value(std::move(answers[i]));
    } catch (...) {
      if (batch.size() == 1) return batch[0].answers.set_exception(std::current_exception());
      for (Request& request : batch) answer({&request, 1});
    }
  }

  // [requests], each its lines' answers.
  std::vector<Answers> answers_to(std::span<const Request> batch) const {
    Lines joined;
    for (const Request& request : batch) {
      joined.insert(joined.end(), request.lines.begin(), request.lines.end());
    }
    Answers all = work_(joined);
    if (all.size() != joined.size()) throw std::logic_error("not one answer a line");
    std::vector<Answers> answers;
    auto next = std::make_move_iterator(all.begin());
    for (const Request& request : batch) {
      const auto end = next + static_cast<std::ptrdiff_t>(request.lines.size());
      answers.emplace_back(next, end);
      next = end;
    }
    return answers;
  }

  const Work work_;
  const size_t most_lines_ = 0;
  std::mutex mutex_{};  // of all that follows
  std::condition_variable changed_{};
  std::deque<Request> waiting_{};
  bool closed_ = false;
  std::thread worker_{};
};

}  // namespace rondo
