#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/bench/cell.h"

namespace rondo {

// How much is measured.
struct BenchScope {
  std::string folder{};  // of the prepared text
  std::string models{};  // of what learning leaves, a folder
  std::string model{};   // translated with instead of the model that learning leaves; empty = none
  std::string classifier{};  // classified with; empty = no classifying
  int64_t vocabulary = 8000;
  int64_t threads = 2;
  bool quick = false;   // an eighth of it: shows that all runs, not how fast
  int64_t updates = 0;  // of each training; 0 = as quick says
};

// The table's cells, in its order. The systems of a row follow one another, so that rounds
// alternate between them.
std::vector<Cell> table_cells(const BenchScope& scope);

// How training and reading grow: length, width, vocabulary, batch, threads, lines of text. Rondo
// alone, on made-up tokens.
std::vector<Cell> scale_cells(const BenchScope& scope);

// Time until a BLEU: Rondo and OpenNMT-py.
std::vector<Cell> race_cells(const BenchScope& scope);

// Those whose section is named in "training,translating"; all where it is empty. Learning comes
// along with what needs it. Throws ConfigError for a section that is not there.
std::vector<Cell> only_sections(const std::vector<Cell>& cells, const std::string& sections);

}  // namespace rondo
