#include "app/storage/atomic_file.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

// Runs action in a forked process, which ends with its result.
template <typename Action>
pid_t in_child(Action action) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(action());
  return child;
}

int exit_status(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_CASE("a new file holds what was written and nothing lies beside it", "[storage_files]") {
  const TemporaryFolder folder;
  const std::string contents("a\0b\n\xff", 5);
  write_file_atomically(folder / "file", contents);
  CHECK(read_bytes(folder / "file") == contents);
  CHECK(folder.files() == 1);
}

TEST_CASE("an existing file is replaced, also by nothing", "[storage_files]") {
  const TemporaryFolder folder;
  write_file_atomically(folder / "file", "a longer first version");
  write_file_atomically(folder / "file", "second");
  CHECK(read_bytes(folder / "file") == "second");
  write_file_atomically(folder / "file", "");
  CHECK(fs::file_size(folder / "file") == 0);
}

TEST_CASE("a file that is not committed leaves the old one", "[storage_files]") {
  const TemporaryFolder folder;
  write_file_atomically(folder / "file", "old");
  { AtomicFile(folder / "file").write("half of the n"); }
  CHECK(read_bytes(folder / "file") == "old");
  CHECK(folder.files() == 1);
}

TEST_CASE("a missing folder is named with the reason", "[storage_files]") {
  const TemporaryFolder folder;
  const fs::path path = folder / "no" / "file";
  CHECK(message_of<DataError>([&] { write_file_atomically(path, "x"); }) ==
        "cannot write " + path.string() + ": No such file or directory");
}

TEST_CASE("folders and devices are refused, links are followed", "[storage_files]") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(write_file_atomically(folder.path(), "x"), DataError);
  CHECK_THROWS_AS(write_file_atomically("/dev/null", "x"), DataError);
  CHECK(fs::is_character_file("/dev/null"));

  write_file_atomically(folder / "target", "old");
  fs::create_symlink("target", folder / "link");
  write_file_atomically(folder / "link", "new");
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(read_bytes(folder / "target") == "new");
}

TEST_CASE("a name without a folder is written to the working folder", "[storage_files]") {
  const TemporaryFolder folder;
  const pid_t child = in_child([&] {
    if (::chdir(folder.path().c_str()) != 0) return 1;
    write_file_atomically("file", "here");
    return 0;
  });
  CHECK(exit_status(child) == 0);
  CHECK(read_bytes(folder / "file") == "here");
}

TEST_CASE("a folder one may not write to is an error with the reason", "[storage_files]") {
  const TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0555);
  const pid_t child = in_child([&] {
    if (::geteuid() == 0 && ::setuid(65534) != 0) return 1;  // root may write anywhere
    const std::string error =
        message_of<DataError>([&] { write_file_atomically(folder / "file", "x"); });
    return error.find("Permission denied") == std::string::npos ? 2 : 0;
  });
  CHECK(exit_status(child) == 0);
  ::chmod(folder.path().c_str(), 0755);
}

TEST_CASE("a full disk is an error that leaves the old file and no other", "[storage_files]") {
  const TemporaryFolder folder;
  write_file_atomically(folder / "file", "old");
  const pid_t child = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);  // writing past the limit then fails as a full disk does
    const rlimit limit{1 << 16, 1 << 16};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const std::string large(1 << 20, 'x');
    const std::string error =
        message_of<DataError>([&] { write_file_atomically(folder / "file", large); });
    return error == "cannot write " + (folder / "file").string() + ": File too large" ? 0 : 1;
  });
  CHECK(exit_status(child) == 0);
  CHECK(read_bytes(folder / "file") == "old");
  CHECK(folder.files() == 1);
}

TEST_CASE("a writer killed at any moment leaves the old file or the new", "[storage_files]") {
  const TemporaryFolder folder;
  const std::string old_text(200'000, 'o'), new_text(300'000, 'n');
  write_file_atomically(folder / "file", old_text);
  for (int round = 0; round < 40; ++round) {
    const pid_t child = in_child([&]() -> int {
      for (int i = 0;; ++i) write_file_atomically(folder / "file", i % 2 ? old_text : new_text);
    });
    ::usleep(200 * round);  // the moment of the kill, not a wait for something
    ::kill(child, SIGKILL);
    exit_status(child);
    const std::string found = read_bytes(folder / "file");
    REQUIRE((found == old_text || found == new_text));
  }
  write_file_atomically(folder / "file", "done");
  CHECK(folder.files() == 1);  // what the killed writers left is swept up
}

TEST_CASE("the temporary file of a living writer is left alone", "[storage_files]") {
  const TemporaryFolder folder;
  AtomicFile slow(folder / "file");
  slow.write("slow");
  write_file_atomically(folder / "file", "quick");
  slow.commit();
  CHECK(read_bytes(folder / "file") == "slow");
}

TEST_CASE("all of a folder's abandoned temporaries go, those of living writers stay",
          "[storage_files]") {
  const TemporaryFolder folder;
  const pid_t dead = in_child([] { return 0; });
  REQUIRE(exit_status(dead) == 0);
  const auto temporary = [&](const std::string& name, pid_t writer) {
    write_file_atomically(folder / (name + ".writing-" + std::to_string(writer) + "-0"), "half");
  };
  temporary("best.rondo", dead);
  temporary("latest.ckpt", ::getpid());  // of an earlier process with the number of this one
  temporary("other", ::getppid());
  write_file_atomically(folder / "best.rondo", "whole");
  write_file_atomically(folder / "notes.writing-", "a user's");
  remove_all_temporaries(folder.path());
  CHECK(folder.files() == 3);
  CHECK(fs::exists(folder / "best.rondo"));
  CHECK(fs::exists(folder / "notes.writing-"));
}

}  // namespace
}  // namespace rondo
