#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace rondo {

struct BenchRequest {
  std::filesystem::path data{};  // a folder of parallel text; empty = made up
  std::filesystem::path labelled_train{}, labelled_test{};  // TSV, for classifying
  std::string model{}, classifier{};                        // in place of what learning leaves
  std::filesystem::path folder = "runs/bench";              // all that is written
  std::string only{};                                       // sections, separated by commas
  bool scale = false, race = false;                         // instead of the table
  bool quick = false;
  int rounds = 0;       // 0 = 3, or 1 if quick
  int64_t updates = 0;  // of a training; 0 = 40, or 6 if quick
  int64_t threads = 0;  // 0 = all cores
  int64_t vocabulary = 8000;
  std::string program{};            // this one
  std::string python{};             // of the compared systems; empty = Rondo alone
  std::filesystem::path scripts{};  // of the compared systems
  std::map<std::string, std::string> machine{};
  std::function<void(const std::string&)> say{};
};

// Prepares the text, measures what is not yet measured, writes bench.json, bench.txt and bench.svg
// to the folder (scale.* and race.* of those), and returns the text: the table and what became of
// each goal. Throws DataError for text that cannot be used, Interrupted when it is stopped.
std::string run_bench(const BenchRequest& request);

}  // namespace rondo
