#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <torch/csrc/distributed/c10d/Store.hpp>
#include <vector>

#include "app/distributed/worker_place.h"

namespace rondo {

// A thread that shows the other workers that this one lives and how far it is, and watches them.
// When a worker has said why it failed, has shown no sign of life for the time allowed, or the
// store itself is gone, it ends the process with status 1, and one line says which rank was it, on
// which host, and why: rank 0's, or, where that is on another host, also that of whose fault it is.
class Pulse {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Milliseconds = std::chrono::milliseconds;

  // store: of this thread alone. hosts: of all workers, by rank.
  Pulse(const WorkerPlace& place, c10::intrusive_ptr<c10d::Store> store,
        std::vector<std::string> hosts, Milliseconds timeout);
  ~Pulse();
  Pulse(const Pulse&) = delete;
  Pulse& operator=(const Pulse&) = delete;

  // How far this worker is, and whether it waits for the others.
  void at_update(int64_t update) { update_ = update; }
  void waiting(bool waiting) { waiting_ = waiting; }

  // This worker has failed, for the reason its exception gives: tells the others. True where it is
  // also the one to tell the user.
  bool announce(const std::string& why);

  // An operation with the others has failed: finds out whose fault it was, and ends the process.
  [[noreturn]] void end_after(const std::string& error);

 private:
  struct Beat {
    std::string text{};
    Time changed{};
    int64_t update = 0;
    bool waiting = false;
  };

  void run();
  void beat();
  void look();
  void publish_own_failure();
  void check_others();
  void find_fault(const std::string& error, Time since);
  std::string fault_among(const std::vector<int64_t>& silent, const std::string& error) const;
  std::string name_of(int64_t rank) const;
  bool says_of(int64_t culprit) const;
  [[noreturn]] void publish_and_end(int64_t culprit, const std::string& why);
  [[noreturn]] void end(int64_t culprit, const std::string& line);
  [[noreturn]] void end_without_store(const std::string& error);

  WorkerPlace place_;
  c10::intrusive_ptr<c10d::Store> store_;
  std::vector<std::string> hosts_;
  Milliseconds timeout_, interval_;
  std::vector<Beat> beats_{};  // by rank
  int64_t count_ = 0;
  std::atomic<int64_t> update_ = 0;
  std::atomic<bool> waiting_ = false;

  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  bool leaving_ = false;
  std::string own_failure_{};  // not yet published
  bool published_ = false;
  std::string error_{};  // whose cause is to be found
  Time error_since_{};
  std::thread thread_;  // last: it uses all of the above
};

// Of a message of c10d, which goes on with a trace of the stack.
std::string first_line(const std::string& text);

}  // namespace rondo
