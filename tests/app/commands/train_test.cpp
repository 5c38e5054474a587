// The program itself, as a user starts and interrupts it.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "tests/app/tasks/small_text.h"
#include "tests/support/catch.h"

namespace {

// Starts `rondo train ...` with its standard error in a file.
pid_t start_training(const std::vector<std::string>& arguments,
                     const std::filesystem::path& messages) {
  std::vector<std::string> all{RONDO_PROGRAM, "train"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& argument : all) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const pid_t child = ::fork();
  if (child != 0) return child;
  const int file = ::open(messages.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(file, STDERR_FILENO);
  ::setenv("OMP_NUM_THREADS", "1", 1);
  ::execv(pointers.front(), pointers.data());
  ::_exit(127);
}

int exit_status(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

// An experiment on the small text that would go on for hours.
std::filesystem::path endless_config(const rondo::SmallText& text) {
  const auto path = text.folder / "config.yaml";
  const std::string prefix = (text.folder / "train").string();
  rondo::write_lines(
      path, {"name: endless", "model_dir: " + (text.folder / "run").string(),
             "data: {src: {lang: en}, trg: {lang: it}, train: " + prefix + ", dev: " + prefix + "}",
             "tokenizer: {model_type: bpe, vocab_size: 60}",
             "model: {encoder: {hidden_size: 8, embedding_dim: 8}, "
             "decoder: {hidden_size: 8, embedding_dim: 8}}",
             "training: {duration: 10h, logging_freq: 1, validation_freq: 1h, device: cpu}"});
  return path;
}

// Blocks until the child has written the text, or has ended.
bool wait_until_written(const std::filesystem::path& file, const std::string& text, pid_t child) {
  while (rondo::read_bytes(file).find(text) == std::string::npos) {
    siginfo_t ended{};
    ::waitid(P_PID, child, &ended, WEXITED | WNOHANG | WNOWAIT);
    if (ended.si_pid == child) return false;
    ::usleep(10'000);
  }
  return true;
}

}  // namespace

TEST_CASE("SIGTERM ends the program with a checkpoint and status 130", "[commands]") {
  const rondo::SmallText text;
  const auto messages = text.folder / "messages";
  const pid_t child = start_training({endless_config(text)}, messages);
  REQUIRE(wait_until_written(messages, "update 3 ", child));
  ::kill(child, SIGTERM);
  CHECK(exit_status(child) == 130);
  CHECK(rondo::read_bytes(messages).find("go on with --resume") != std::string::npos);
  CHECK(std::filesystem::exists(text.folder / "run" / "latest.ckpt"));
}

TEST_CASE("a finished run is refused with status 2 and both ways on", "[commands]") {
  const rondo::SmallText text;
  const auto messages = text.folder / "messages";
  const std::string config = endless_config(text);
  const std::string brief = "training.duration=2u";
  REQUIRE(exit_status(start_training({config, "--set", brief}, messages)) == 0);
  CHECK(exit_status(start_training({config, "--set", brief}, messages)) == 2);
  const std::string said = rondo::read_bytes(messages);
  CHECK(said.find("--resume") != std::string::npos);
  CHECK(said.find("--overwrite") != std::string::npos);
  CHECK(exit_status(start_training({config, "--set", brief, "--overwrite"}, messages)) == 0);
}

TEST_CASE("--until stops on the way with status 0, and wants a duration", "[commands]") {
  const rondo::SmallText text;
  const auto messages = text.folder / "messages";
  const std::string config = endless_config(text);
  CHECK(exit_status(start_training({config, "--until", "soon"}, messages)) == 2);
  CHECK(rondo::read_bytes(messages).find("--until soon: write a duration") != std::string::npos);
  CHECK(exit_status(start_training({config, "--until", "2u"}, messages)) == 0);
  CHECK(exit_status(start_training({config, "--until", "4u", "--resume"}, messages)) == 0);
  CHECK(rondo::read_bytes(messages).find("stopped at update 4 as --until says") !=
        std::string::npos);
}

TEST_CASE("two processes never train in one folder", "[commands]") {
  const rondo::SmallText text;
  const auto messages = text.folder / "messages", others = text.folder / "others";
  const pid_t child = start_training({endless_config(text)}, messages);
  REQUIRE(wait_until_written(messages, "update 1 ", child));
  for (const char* way : {"--resume", "--overwrite"}) {
    CHECK(exit_status(start_training({endless_config(text), way}, others)) == 2);
    CHECK(rondo::read_bytes(others).find("another process is training") != std::string::npos);
  }
  ::kill(child, SIGKILL);
  CHECK(exit_status(child) == -SIGKILL);
}

TEST_CASE("--verify-resume prints what it compared and leaves no folder", "[commands]") {
  const rondo::SmallText text;
  const auto messages = text.folder / "messages";
  CHECK(exit_status(start_training({endless_config(text), "--verify-resume", "--updates", "8"},
                                   messages)) == 0);
  CHECK(rondo::read_bytes(messages).find("3 of 3") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(text.folder / "run"));
}
