#include <algorithm>
#include <string>

#include "app/bench/cells.h"

namespace rondo {
namespace {

CellSettings small(const BenchScope& scope) {
  return {.kind = "synthetic",
          .vocabulary = scope.vocabulary,
          .threads = scope.threads,
          .warm_up = 1,
          .updates = scope.quick ? 3 : 6};
}

// One cell for each value of one size, as `set` puts it into the settings.
template <class Set>
void add_growth(const CellSettings& settings, const std::string& row,
                const std::vector<int64_t>& sizes, const Set& set, std::vector<Cell>& cells) {
  for (const int64_t size : sizes) {
    Cell cell{"scale", row, "rondo", std::to_string(size), settings};
    set(cell.settings, size);
    cells.push_back(std::move(cell));
  }
}

void set_width(CellSettings& settings, int64_t size) {
  settings.hidden = size / 2;
  settings.decoder_hidden = size;
}

// Files of these lines are made where they are read.
void add_reading(const BenchScope& scope, std::vector<Cell>& cells) {
  CellSettings reading{.kind = "reading",
                       .folder = scope.folder,
                       .vocabulary = scope.vocabulary,
                       .threads = scope.threads};
  std::vector<int64_t> lines{10'000, 100'000};
  if (!scope.quick) lines.insert(lines.end(), {1'000'000, 10'000'000});
  add_growth(
      reading, "lines of text", lines, [](CellSettings& s, int64_t size) { s.lines = size; },
      cells);
}

}  // namespace

std::vector<Cell> scale_cells(const BenchScope& scope) {
  std::vector<Cell> cells;
  const CellSettings base = small(scope);
  add_growth(
      base, "length", {10, 25, 50, 100, 200, 400},
      [](CellSettings& s, int64_t size) {
        s.length = size;
        s.batch_sentences = std::max<int64_t>(1, 1280 / size);
      },
      cells);
  add_growth(base, "decoder width", {128, 256, 512, 1024, 2048}, set_width, cells);
  add_growth(
      base, "vocabulary", {1'000, 4'000, 16'000, 64'000},
      [](CellSettings& s, int64_t size) { s.vocabulary = size; }, cells);
  add_growth(
      base, "sentences a batch", {1, 8, 32, 64, 128, 256},
      [](CellSettings& s, int64_t size) { s.batch_sentences = size; }, cells);
  std::vector<int64_t> threads;
  for (int64_t count = 1; count <= scope.threads; count *= 2) threads.push_back(count);
  add_growth(
      base, "threads", threads, [](CellSettings& s, int64_t size) { s.threads = size; }, cells);
  add_reading(scope, cells);
  return cells;
}

}  // namespace rondo
