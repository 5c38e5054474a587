#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/experiments/child_process.h"

namespace rondo {

// A process to be run.
struct Job {
  int64_t id = 0;
  std::vector<std::string> command{};  // the program and its arguments
  std::filesystem::path output{};      // what it says is appended here
};

struct JobEnd {
  ProcessEnd process{};
  std::string last_words{};  // the last line it said, best one that begins with "rondo: "
};

// Decides what is run next.
class JobSource {
 public:
  virtual ~JobSource() = default;
  // Nothing: not now. Asked again whenever a job has ended; over when none is left running.
  virtual std::optional<Job> next() = 0;
  virtual void ended(const Job& job, const JobEnd& end) = 0;
  // Now and then while jobs run: to show how far they are.
  virtual void look() {}
};

struct RunnerOptions {
  int64_t workers = 1;                     // jobs at once
  double look_seconds = 1;                 // between two calls of JobSource::look
  std::function<bool()> stop_requested{};  // asked after every signal
};

// Runs what the source gives. False: it was asked to stop, and all jobs were ended by SIGTERM,
// which lets a training save; each is told to the source as any other.
bool run_jobs(JobSource& source, const RunnerOptions& options);

}  // namespace rondo
