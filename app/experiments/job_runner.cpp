#include "app/experiments/job_runner.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <system_error>

namespace rondo {
namespace {

namespace fs = std::filesystem;

struct RunningJob {
  Job job{};
  uint64_t said_before = 0;  // bytes of its output file that are of earlier processes
  std::unique_ptr<ChildProcess> process{};
};

uint64_t size_of(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  return error ? 0 : size;
}

RunningJob start(Job job) {
  std::error_code error;
  fs::create_directories(job.output.parent_path(), error);  // else opening the output says why
  const uint64_t before = size_of(job.output);
  auto process = std::make_unique<ChildProcess>(job.command, ChildSettings{.output = job.output});
  return {std::move(job), before, std::move(process)};
}

std::string last_words(const RunningJob& running) {
  std::ifstream file(running.job.output);
  file.seekg(static_cast<std::streamoff>(running.said_before));
  std::string words;
  for (std::string line; std::getline(file, line);) {
    const bool better = line.starts_with("rondo: ") || !words.starts_with("rondo: ");
    if (better && line.find_first_not_of(" \t\r") != std::string::npos) words = line;
  }
  return words;
}

// Takes out those that have ended.
void collect(std::vector<RunningJob>& running, JobSource& source) {
  for (size_t i = 0; i < running.size();) {
    const auto end = running[i].process->poll();
    if (!end) {
      ++i;
      continue;
    }
    const RunningJob ended = std::move(running[i]);
    running.erase(running.begin() + static_cast<std::ptrdiff_t>(i));
    source.ended(ended.job, {.process = *end, .last_words = last_words(ended)});
  }
}

}  // namespace

bool run_jobs(JobSource& source, const RunnerOptions& options) {
  ChildWatch watch;
  std::vector<RunningJob> running;
  bool stopping = false;
  while (true) {
    stopping = stopping || (options.stop_requested && options.stop_requested());
    while (!stopping && static_cast<int64_t>(running.size()) < options.workers) {
      auto job = source.next();
      if (!job) break;
      running.push_back(start(std::move(*job)));
    }
    if (running.empty()) return !stopping;
    if (stopping) std::ranges::for_each(running, [](auto& job) { job.process->terminate(); });
    watch.wait(options.look_seconds);
    collect(running, source);
    source.look();
  }
}

}  // namespace rondo
