#include "app/experiments/job_runner.h"

#include <csignal>
#include <map>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// Runs these shell commands, one job each, and remembers how they ended.
class Scripts : public JobSource {
 public:
  explicit Scripts(std::vector<std::string> scripts) : scripts_(std::move(scripts)) {}

  std::optional<Job> next() override {
    if (next_ == std::ssize(scripts_)) return std::nullopt;
    const int64_t id = next_++;
    return Job{.id = id, .command = {"/bin/sh", "-c", scripts_[id]}, .output = output(id)};
  }

  void ended(const Job& job, const JobEnd& end) override { ends[job.id] = end; }

  std::filesystem::path output(int64_t id) const { return folder / ("job" + std::to_string(id)); }

  TemporaryFolder folder{};
  std::map<int64_t, JobEnd> ends{};

 private:
  std::vector<std::string> scripts_;
  int64_t next_ = 0;
};

TEST_CASE("each job ends as its process did", "[experiments]") {
  Scripts scripts({"exit 0", "exit 3", "kill -9 $$"});
  CHECK(run_jobs(scripts, {.workers = 2}));
  REQUIRE(scripts.ends.size() == 3);
  CHECK(scripts.ends[0].process.status == 0);
  CHECK(scripts.ends[1].process.status == 3);
  CHECK(scripts.ends[2].process.signal == SIGKILL);
}

TEST_CASE("both outputs of a job go to the end of its file", "[experiments]") {
  Scripts scripts({"echo out; echo err >&2"});
  std::ofstream(scripts.output(0)) << "rondo: of an earlier process\n";
  run_jobs(scripts, {});
  CHECK(read_bytes(scripts.output(0)) == "rondo: of an earlier process\nout\nerr\n");
  CHECK(scripts.ends[0].last_words == "err");
}

TEST_CASE("the last words are the program's own error where it said one", "[experiments]") {
  Scripts scripts({"echo 'rondo: no such file'; echo later; echo '  '", "echo first; echo last"});
  run_jobs(scripts, {});
  CHECK(scripts.ends[0].last_words == "rondo: no such file");
  CHECK(scripts.ends[1].last_words == "last");
}

TEST_CASE("as many jobs as workers run at once", "[experiments]") {
  const TemporaryFolder folder;
  const std::string pipe = (folder / "pipe").string();
  // Each end of a pipe waits for the other, so one worker alone would never come to an end.
  REQUIRE(std::system(("mkfifo " + pipe).c_str()) == 0);
  Scripts both({"echo hello > " + pipe, "cat " + pipe});
  CHECK(run_jobs(both, {.workers = 2}));
  CHECK(both.ends[1].last_words == "hello");
}

TEST_CASE("a request to stop ends every job by SIGTERM and begins no other", "[experiments]") {
  // The second job ends when the first is ready for the signal; that wakes the runner.
  const TemporaryFolder folder;
  const std::string ready = (folder / "ready").string();
  REQUIRE(std::system(("mkfifo " + ready).c_str()) == 0);
  Scripts jobs(
      {"trap 'echo saved; exit 130' TERM; echo x > " + ready + "; while :; do sleep 0.01; done",
       "cat " + ready, "exit 0"});
  const bool finished =
      run_jobs(jobs, {.workers = 2, .stop_requested = [&] { return jobs.ends.contains(1); }});
  CHECK_FALSE(finished);
  CHECK(jobs.ends[0].process.status == 130);
  CHECK(jobs.ends[0].last_words == "saved");
  CHECK_FALSE(jobs.ends.contains(2));
}

TEST_CASE("a program that cannot be started is told in its output", "[experiments]") {
  class Missing : public Scripts {
   public:
    using Scripts::Scripts;
    std::optional<Job> next() override {
      auto job = Scripts::next();
      if (job) job->command = {"/no/such/program"};
      return job;
    }
  };
  Missing missing({""});
  run_jobs(missing, {});
  CHECK(missing.ends[0].process.status == 127);
  CHECK(missing.ends[0].last_words == "rondo: cannot start /no/such/program");
}

TEST_CASE("a job's output that cannot be written is an error that names it", "[experiments]") {
  CHECK_THAT(
      message_of<DataError>([] { ChildProcess({"/bin/true"}, {.output = "/dev/null/output"}); }),
      ContainsSubstring("/dev/null/output"));
}

TEST_CASE("a process that nobody waits for any more is ended", "[experiments]") {
  const TemporaryFolder folder;
  {
    const ChildProcess endless({"/bin/sh", "-c", "exec sleep 1000"}, {.output = folder / "output"});
  }
  SUCCEED("the destructor came back");
}

TEST_CASE("the program finds itself", "[experiments]") {
  CHECK(std::filesystem::exists(own_program("rondo")));
}

}  // namespace
}  // namespace rondo
