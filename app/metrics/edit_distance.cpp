#include "app/metrics/edit_distance.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace rondo {
namespace {

constexpr int32_t kUnreached = 1'000'000'000;
constexpr int64_t kBandWidth = 25;

struct Band {
  int64_t first, end;  // columns
};

// Around the diagonal of a matrix that need not be square. The last row runs to its last column.
Band band_of(int64_t row, int64_t rows, int64_t columns) {
  const double slope = static_cast<double>(columns) / static_cast<double>(rows);
  // On a steep diagonal neighbouring rows must still overlap.
  const bool steep = static_cast<double>(kBandWidth) < slope / 2;
  const auto width = steep ? static_cast<int64_t>(std::ceil(slope / 2 + kBandWidth)) : kBandWidth;
  const auto diagonal = static_cast<int64_t>(std::floor(static_cast<double>(row) * slope));
  const int64_t end = row == rows ? columns + 1 : std::min(columns + 1, diagonal + width);
  return {std::max<int64_t>(0, diagonal - width), end};
}

}  // namespace

BandedEditDistance::BandedEditDistance(std::span<const uint32_t> reference)
    : reference_(reference) {}

int64_t BandedEditDistance::measure(std::span<const uint32_t> hypothesis) {
  const size_t columns = reference_.size() + 1;
  rows_.assign(hypothesis.size() + 1, Row(columns, {kUnreached, Edit::unreached}));
  for (size_t j = 0; j < columns; ++j) rows_[0][j] = {static_cast<int32_t>(j), Edit::insert};
  for (size_t i = 1; i < rows_.size(); ++i) {
    fill(rows_[i], rows_[i - 1], i, hypothesis.size(), hypothesis[i - 1]);
  }
  return rows_.back().back().cost;
}

int64_t BandedEditDistance::measure_reordered(std::span<const uint32_t> words, size_t unchanged) {
  scratch_above_ = rows_[unchanged];
  for (size_t i = unchanged + 1; i <= words.size(); ++i) {
    scratch_.assign(scratch_above_.size(), {kUnreached, Edit::unreached});
    fill(scratch_, scratch_above_, i, words.size(), words[i - 1]);
    std::swap(scratch_, scratch_above_);
  }
  return scratch_above_.back().cost;
}

void BandedEditDistance::fill(Row& cells, const Row& above, size_t row, size_t length,
                              uint32_t word) const {
  const Band band = band_of(static_cast<int64_t>(row), static_cast<int64_t>(length),
                            static_cast<int64_t>(reference_.size()));
  for (int64_t j = band.first; j < band.end; ++j) {
    // Equal costs: substitution before removal before insertion; it decides the alignment.
    Cell best{kUnreached, Edit::unreached};
    const auto offer = [&best](int32_t cost, Edit edit) {
      if (cost < best.cost) best = {cost, edit};
    };
    if (j > 0) {
      const bool same = word == reference_[j - 1];
      offer(above[j - 1].cost + !same, same ? Edit::keep : Edit::substitute);
    }
    offer(above[j].cost + 1, Edit::remove);
    if (j > 0) offer(cells[j - 1].cost + 1, Edit::insert);
    cells[j] = best;
  }
}

std::vector<Edit> BandedEditDistance::edits() const {
  std::vector<Edit> path;
  size_t i = rows_.size() - 1, j = reference_.size();
  while (i > 0 || j > 0) {
    const Edit edit = rows_[i][j].edit;
    if (edit == Edit::unreached) throw std::logic_error("edit distance: path leaves the band");
    path.push_back(edit);
    if (edit != Edit::insert) --i;
    if (edit != Edit::remove) --j;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace rondo
