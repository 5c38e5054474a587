#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

#include "app/training/progress.h"

namespace rondo {

// What training says: plain lines to stderr and to train.log; on a terminal the progress is a bar
// that is redrawn in place.
class TrainingLog {
 public:
  TrainingLog() = default;  // to stderr alone
  // Says nothing: another worker does.
  static TrainingLog silent() { return TrainingLog(true); }
  ~TrainingLog();
  TrainingLog(const TrainingLog&) = delete;
  TrainingLog& operator=(const TrainingLog&) = delete;

  // Lines from here on are also appended to the file, those said so far first.
  void open(const std::filesystem::path& file);
  void say(std::string_view line);
  void show(const ProgressReport& report);

 private:
  explicit TrainingLog(bool silent) : silent_(silent) {}
  void keep(std::string_view line);
  void clear_bar();

  std::ofstream file_;
  std::string said_before_open_;
  bool bar_shown_ = false;
  bool silent_ = false;
};

}  // namespace rondo
