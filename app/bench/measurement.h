#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace rondo {

// Named numbers: tokens_per_second, lines_per_second (of target tokens and lines), loss (nats a
// target token), updates, share (of the machine's matrix product), peak_bytes, bleu, p50_ms,
// p99_ms, load_seconds, process_seconds ...
using Values = std::map<std::string, double>;

// What one process found out about one cell.
struct Measurement {
  std::string cell{};      // Cell::name
  std::string settings{};  // the cell's, as JSON: other settings are another measurement
  int round = 0;
  Values values{};
  std::string missing{};  // why there are no values; empty = there are

  bool operator==(const Measurement&) const = default;
};

std::string to_json_line(const Measurement& measurement);

// Of a file of such lines; one that is missing has none, and a line that a kill cut short is left
// out.
std::vector<Measurement> read_measurements(const std::filesystem::path& file);

// What a process wrote of itself: {"values": {...}} or {"missing": "why"}. A file that is missing
// or no such thing counts as missing.
Measurement read_outcome(const std::filesystem::path& file);

// The same, written.
void write_outcome(const std::filesystem::path& file, const Values& values);

}  // namespace rondo
