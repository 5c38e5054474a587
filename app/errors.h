#pragma once

#include <stdexcept>
#include <string>

// The errors that end a command with one line and a known exit status (design: 1 failed, 2 usage).
namespace rondo {

// Wrong usage or configuration; the message begins with file:line: key. Exit status 2.
struct ConfigError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Unusable data or model file; the message names the file and line. Exit status 1.
struct DataError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Stopped by the user (SIGINT, SIGTERM) after saving. Exit status 130.
struct Interrupted : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What failed has been said already, by another process. Ends with its exit status.
struct SilentFailure : std::runtime_error {
  explicit SilentFailure(int exit_status) : std::runtime_error("failed"), status(exit_status) {}
  int status;
};

}  // namespace rondo
