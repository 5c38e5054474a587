#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/temporary_folder.h"

namespace rondo {

// Stands for `rondo train`: a shell script that takes the same arguments, notes each call in
// calls.txt of the run folder, and comes to a BLEU of 1000 times the learning rate. A rate of 0.5
// fails with a message, one of 0.25 kills itself, and one of 0.125 ends without a result.
inline constexpr const char* kFakeTraining = R"(#!/bin/sh
all="$*"
until=""
while [ $# -gt 0 ]; do
  case "$1" in
    model_dir=*) folder="${1#model_dir=}" ;;
    training.learning_rate=*) rate="${1#*=}" ;;
    --until) until="$2"; shift ;;
  esac
  shift
done
mkdir -p "$folder"
echo "$all" >> "$folder/calls.txt"
echo "working"
case "$rate" in
  0.5) [ -e "$folder/healed" ] || { echo "rondo: the loss is not finite" >&2; exit 1; } ;;
  0.25) kill -9 $$ ;;
  0.125) exit 0 ;;
esac
complete=true
epochs=9
if [ -n "$until" ]; then complete=false; epochs="${until%e}"; fi
best=$(awk "BEGIN { print 1000 * $rate }")
cat > "$folder/result.json" <<END
{"complete": $complete, "ended": "it was over", "metric": "bleu", "best": $best,
 "best_values": {"bleu": $best}, "last_values": {"bleu": $best}, "best_update": 40, "updates": 50,
 "epochs": $epochs, "seconds": 61, "tokens_per_second": 1200, "parameters": 4000000,
 "peak_resident_bytes": 1500000000, "reach": 30, "carried_reach": null, "verdict": "healthy"}
END
)";

// A folder with that script as `rondo`, and an experiment of nine epochs.
class FakeTraining {
 public:
  FakeTraining() {
    std::ofstream(program()) << kFakeTraining;
    std::filesystem::permissions(program(), std::filesystem::perms::owner_all);
    std::ofstream(config()) << "name: demo\n"
                               "data: {src: {lang: en}, trg: {lang: it}, train: t, dev: d}\n"
                               "training: {duration: 9e, learning_rate: 0.001, num_threads: 1}\n";
  }

  std::filesystem::path program() const { return folder_ / "rondo"; }
  std::filesystem::path config() const { return folder_ / "config.yaml"; }
  std::filesystem::path output() const { return folder_ / "out"; }

  // How often the training in this folder of the output was started.
  int64_t calls(const std::string& name) const {
    std::ifstream in(output() / name / "calls.txt");
    int64_t lines = 0;
    for (std::string line; std::getline(in, line);) ++lines;
    return lines;
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace rondo
