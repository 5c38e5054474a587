#include "app/experiments/sweep_journal.h"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/config/duration.h"
#include "app/errors.h"
#include "app/metrics/metric_record.h"
#include "app/storage/atomic_file.h"

namespace rondo {
namespace {

using nlohmann::ordered_json;

std::string to_line(const ordered_json& record) {
  return record.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string line_of(const Sweep& sweep, const TrialResult& result) {
  return to_line({{"trial", result.trial},
                  {"rung", result.rung},
                  {"values", sweep.values[static_cast<size_t>(result.trial)]},
                  {"best", result.best},
                  {"best_update", result.best_update},
                  {"updates", result.updates},
                  {"epochs", result.epochs},
                  {"seconds", result.seconds},
                  {"error", result.error}});
}

int64_t whole(const ordered_json& record, const char* key, double most) {
  const double value = number_in(record, key);
  return value >= 0 && value <= most ? static_cast<int64_t>(value) : -1;
}

// A line that is no result of this search has trial -1.
TrialResult result_in(const ordered_json& record, const Sweep& sweep) {
  TrialResult result{.trial = -1};
  if (!record.is_object() || sweep.values.empty()) return result;
  result.trial = whole(record, "trial", 9e15);
  result.rung =
      static_cast<int>(whole(record, "rung", static_cast<double>(sweep.rungs.size()) - 1));
  if (result.rung < 0) result.trial = -1;
  result.best = number_in(record, "best");
  result.best_update = whole(record, "best_update", 9e15);
  result.updates = whole(record, "updates", 9e15);
  result.epochs = number_in(record, "epochs");
  result.seconds = number_in(record, "seconds");
  const auto error = record.find("error");
  if (error != record.end() && error->is_string()) result.error = error->get<std::string>();
  return result;
}

// The first key whose value is not what it was.
std::string first_difference(const std::string& before, const std::string& now) {
  const ordered_json old_record = ordered_json::parse(before, nullptr, false);
  const ordered_json record = ordered_json::parse(now);
  if (!old_record.is_object()) return "its first line is no sweep";
  for (const auto& [key, value] : record.items()) {
    const auto found = old_record.find(key);
    const std::string was = found == old_record.end() ? "nothing" : found->dump();
    if (was != value.dump()) return key + " was " + was + ", now " + value.dump();
  }
  return "it says more";
}

std::vector<TrialResult> taken_up(const std::filesystem::path& path, const Sweep& sweep,
                                  const std::string& header) {
  std::vector<TrialResult> results;
  std::ifstream in(path, std::ios::binary);
  std::string line;
  if (!std::getline(in, line)) return results;
  if (line + "\n" != header) {
    throw ConfigError(path.string() + ": of another sweep (" + first_difference(line, header) +
                      "); remove its folder, or choose another one by -o");
  }
  while (std::getline(in, line)) {
    const TrialResult result = result_in(ordered_json::parse(line, nullptr, false), sweep);
    if (result.trial >= std::ssize(sweep.values)) {
      throw ConfigError(path.string() + ": holds trial " + std::to_string(result.trial) +
                        " already; give --trials " + std::to_string(result.trial + 1) + " or more");
    }
    if (result.trial >= 0 && result.error.empty()) results.push_back(result);
  }
  return results;
}

}  // namespace

SweepJournal::SweepJournal(const std::filesystem::path& path, const Sweep& sweep,
                           const std::string& header)
    : earlier_(taken_up(path, sweep, header)) {
  std::string lines = header;
  for (const TrialResult& result : earlier_) lines += line_of(sweep, result);
  write_file_atomically(path, lines);
  file_ = std::make_unique<AppendFile>(path);
}

void SweepJournal::add(const Sweep& sweep, const TrialResult& result) {
  file_->write(line_of(sweep, result));
  file_->sync();
}

std::string journal_header(const Sweep& sweep, uint64_t seed, double reduction) {
  ordered_json keys = ordered_json::array(), rungs = ordered_json::array();
  for (const Dimension& dimension : sweep.space) keys.push_back(dimension.text);
  for (const Duration& rung : sweep.rungs) rungs.push_back(to_string(rung));
  return to_line({{"search", name_of(sweep.search)},
                  {"seed", seed},
                  {"keys", std::move(keys)},
                  {"reduction", reduction},
                  {"rungs", std::move(rungs)}});
}

}  // namespace rondo
