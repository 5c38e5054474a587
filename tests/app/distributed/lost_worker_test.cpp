// What the other workers do when one is lost, or is not what it should be. Each is a process of its
// own, as a launcher would start it.
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/experiments/child_process.h"
#include "tests/app/distributed/worker_run.h"
#include "tests/app/distributed/worker_threads.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

// Two processes of the program that each are told which of two they are.
class TwoWorkers {
 public:
  explicit TwoWorkers(WorkerRun& run) : run_(run) {
    run.experiment.training.max_duration = {Duration::Unit::seconds, 3600};
    run.experiment.training.save_freq = {Duration::Unit::updates, 2};
    run.experiment.training.timeout = {Duration::Unit::seconds, 3};
  }

  void start(int64_t rank, const std::vector<std::string>& arguments = {}) {
    const auto& folder = run_.text.folder;
    Experiment own = run_.experiment;
    own.model_dir = folder / "run";
    write_file_atomically(folder / "two.yaml", to_yaml(own));
    const std::string number = std::to_string(rank);
    std::vector<std::string> command{RONDO_PROGRAM, "train", (folder / "two.yaml").string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    processes_.push_back(std::make_unique<ChildProcess>(
        command, ChildSettings{.output = folder / ("worker" + number),
                               .environment = {"RANK=" + number, "LOCAL_RANK=" + number,
                                               "WORLD_SIZE=2", "MASTER_ADDR=127.0.0.1",
                                               "MASTER_PORT=" + std::to_string(port_),
                                               "OMP_NUM_THREADS=1"}}));
  }

  std::string said(int64_t rank) const {
    return read_bytes(run_.text.folder / ("worker" + std::to_string(rank)));
  }
  // Both, until they have made some updates; false where the first ended before.
  bool train_together() {
    start(0);
    start(1);
    while (said(0).find("update 4") == std::string::npos) {
      if (processes_.front()->poll()) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
  }
  ProcessEnd end_of(size_t which) {
    for (;;) {
      if (const auto end = processes_[which]->poll()) return *end;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
  void send(size_t which, int signal) { ::kill(processes_[which]->id(), signal); }

 private:
  WorkerRun& run_;
  int port_ = unused_port();
  std::vector<std::unique_ptr<ChildProcess>> processes_{};
};

// The lines that tell the user why the program ended.
std::vector<std::string> last_words(const std::string& said) {
  std::vector<std::string> words;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("rondo: ")) words.push_back(line);
  }
  return words;
}

}  // namespace

TEST_CASE("a worker that is killed ends the others in one line", "[distributed]") {
  WorkerRun run;
  TwoWorkers two(run);
  REQUIRE(two.train_together());
  const int lost = GENERATE(1, 0);
  two.send(static_cast<size_t>(lost), SIGKILL);
  const int left = 1 - lost;
  CHECK(two.end_of(static_cast<size_t>(left)).status == 1);
  const auto words = last_words(two.said(left));
  REQUIRE(words.size() == 1);
  CHECK_THAT(two.said(left), !ContainsSubstring("frame #"));  // no trace of the stack
  CHECK_THAT(words[0], ContainsSubstring("rank " + std::to_string(lost) + " on ") &&
                           ContainsSubstring("gone"));
  CHECK(read_tensor_file(run.text.folder / "run" / "latest.ckpt").tensors.size() > 10);
}

TEST_CASE("a worker that is stopped counts as lost after the timeout", "[distributed]") {
  WorkerRun run;
  TwoWorkers two(run);
  REQUIRE(two.train_together());
  two.send(1, SIGSTOP);
  CHECK(two.end_of(0).status == 1);
  const auto words = last_words(two.said(0));
  two.send(1, SIGKILL);
  two.send(1, SIGCONT);
  REQUIRE(words.size() == 1);
  CHECK_THAT(words[0], ContainsSubstring("rank 1 on "));
}

TEST_CASE("a worker of another experiment ends all before they train", "[distributed]") {
  WorkerRun run;
  TwoWorkers two(run);
  two.start(0);
  two.start(1, {"--set", "model.encoder.hidden_size=16"});
  CHECK(two.end_of(0).status == 2);
  CHECK(two.end_of(1).status == 2);
  const auto words = last_words(two.said(0) + two.said(1));
  REQUIRE(words.size() == 1);
  CHECK_THAT(words[0], ContainsSubstring("rank 1 on ") &&
                           ContainsSubstring("hidden_size: 16, and not hidden_size: 24"));
}

TEST_CASE("a worker with another text ends all before they train", "[distributed]") {
  WorkerRun run;
  TwoWorkers two(run);
  two.start(0);
  // The other's files have the same names, but lie elsewhere, as on another host.
  std::filesystem::create_directory(run.text.folder / "host");
  for (const char* side : {"train.en", "train.it"}) {
    std::filesystem::copy_file(run.text.folder / side, run.text.folder / "host" / side);
  }
  std::ofstream(run.text.folder / "host" / "train.en", std::ios::app) << "one more\n";
  std::ofstream(run.text.folder / "host" / "train.it", std::ios::app) << "uno in piu\n";
  const std::string prefix = (run.text.folder / "host" / "train.").string();
  two.start(
      1, {"--set", "data.train_src=" + prefix + "en", "--set", "data.train_trg=" + prefix + "it"});
  CHECK(two.end_of(0).status == 2);
  CHECK(two.end_of(1).status == 2);
  const auto words = last_words(two.said(0) + two.said(1));
  REQUIRE(words.size() == 1);
  CHECK_THAT(words[0], ContainsSubstring("rank 1 on ") && ContainsSubstring("another text"));
}

TEST_CASE("an interrupted worker stops all, saved", "[distributed]") {
  WorkerRun run;
  TwoWorkers two(run);
  REQUIRE(two.train_together());
  two.send(1, SIGTERM);
  CHECK(two.end_of(0).status == 130);
  CHECK(two.end_of(1).status == 130);
  CHECK_THAT(two.said(0), ContainsSubstring("interrupted at update"));
  CHECK(last_words(two.said(1)).empty());
}

TEST_CASE("a worker whose partner never comes says so", "[distributed]") {
  WorkerRun run;
  TwoWorkers two(run);
  two.start(0);
  CHECK(two.end_of(0).status == 1);
  const auto words = last_words(two.said(0));
  REQUIRE(words.size() == 1);
  CHECK_THAT(words[0], ContainsSubstring("rank 1 did not come"));
}

TEST_CASE("a worker that cannot reach the first says so, without a trace", "[distributed]") {
  WorkerRun run;
  TwoWorkers two(run);
  two.start(1);
  CHECK(two.end_of(0).status == 1);
  CHECK_THAT(two.said(1), ContainsSubstring("rondo: rank 1 on ") &&
                              ContainsSubstring("cannot join the others at 127.0.0.1:"));
  CHECK_THAT(two.said(1), !ContainsSubstring("frame #"));
}

}  // namespace rondo
