#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/experiments/sweep_results.h"
#include "app/storage/append_file.h"

namespace rondo {

// trials.jsonl: one line that says what is searched and how, then one a result, safe on disk before
// the next trial is chosen. A search that was killed goes on from it: which trial comes next
// depends on the results and on nothing else.
class SweepJournal {
 public:
  // Takes up what the file holds, except trials that failed, which are tried once more, and a last
  // line that is not whole. The sweep needs no results. Throws ConfigError where the file is of
  // another search, and DataError where it cannot be read or written.
  SweepJournal(const std::filesystem::path& path, const Sweep& sweep, const std::string& header);

  // What earlier processes wrote, in its order.
  const std::vector<TrialResult>& earlier() const { return earlier_; }

  void add(const Sweep& sweep, const TrialResult& result);

 private:
  std::vector<TrialResult> earlier_{};
  std::unique_ptr<AppendFile> file_;
};

// What must be the same in every call of one search: keys, kind, seed, rungs. The number of trials
// may grow.
std::string journal_header(const Sweep& sweep, uint64_t seed, double reduction);

}  // namespace rondo
