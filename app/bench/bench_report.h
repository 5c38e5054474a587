#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "app/bench/cell.h"
#include "app/bench/goals.h"
#include "app/bench/summary.h"

// What a bench has found, for eyes, for programs, and as a picture.
namespace rondo {

// The name of the value that a cell is quoted in: lines or tokens a second, or seconds.
const char* quoted_value(const Cell& cell);
// The same as a unit: "target tokens/s".
const char* quoted_unit(const Cell& cell);

// A table a section: a line a cell, its median and range over the rounds, its ratio to the first
// of its row round by round, loss or BLEU, memory, latency. Cells never tried are left out.
std::string bench_table(std::span<const Cell> cells, const Summary& summary);

// {"machine": {...}, "cells": [...], "goals": [...]}; machine: what is known of it, by name.
std::string bench_json(std::span<const Cell> cells, const Summary& summary,
                       std::span<const Judgement> goals,
                       const std::map<std::string, std::string>& machine);

// One SVG: bars for each row of the table, curves for what grows.
std::string bench_plot(std::span<const Cell> cells, const Summary& summary);

}  // namespace rondo
