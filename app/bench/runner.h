#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/bench/cell.h"
#include "app/bench/measurement.h"

namespace rondo {

struct BenchRun {
  std::string program{};            // this one, which measures Rondo's cells
  std::string python{};             // of the compared systems; empty = Rondo alone
  std::filesystem::path scripts{};  // SYSTEM.py, or SYSTEM_peer.py where a package has that name
  std::filesystem::path folder{};   // measurements.jsonl, and what the processes said
  int rounds = 3;
  double limit_seconds = 600;  // of one process
  std::function<void(const std::string&)> say{};
};

// How often a cell is measured: what learns or races takes minutes and is measured once.
int rounds_of(const Cell& cell, int rounds);

// Measures each cell in a process of its own, in rounds: all cells, then all again. What the file
// has for the same settings and round is not measured again, so a run that was stopped goes on.
// A system that is not installed, or does not do what a cell asks, is tried once and left out; a
// process that fails is said to have failed. Returns all measurements of these cells.
std::vector<Measurement> run_cells(const BenchRun& run, std::span<const Cell> cells);

// What the folder's file has of these cells with these settings.
std::vector<Measurement> measurements_of(const std::filesystem::path& folder,
                                         std::span<const Cell> cells);

}  // namespace rondo
