#include "app/metrics/shift_search.h"

#include <algorithm>
#include <compare>
#include <vector>

#include "app/metrics/edit_distance.h"

namespace rondo {
namespace {

constexpr int64_t kLongestBlock = 10;
constexpr int64_t kFarthestShift = 50;
constexpr int64_t kMostCandidates = 1000;  // for one sentence pair, over all rounds

// words[start, start + length) moves before position target.
struct Shift {
  int64_t gain = 0;  // edits saved; the members in order of what matters when shifts are ranked
  int64_t length = 0;
  int64_t minus_start = 0;
  int64_t minus_target = 0;

  auto operator<=>(const Shift&) const = default;
};

SymbolSequence shifted(SymbolSequence words, int64_t start, int64_t length, int64_t target) {
  const auto at = [&](int64_t i) {
    return words.begin() + std::min(i, static_cast<int64_t>(words.size()));
  };
  if (target < start) {
    std::rotate(at(target), at(start), at(start + length));
  } else if (target > start + length) {
    std::rotate(at(start), at(start + length), at(target));
  } else {  // a target inside the block counts from the block's end
    std::rotate(at(start), at(start + length), at(target + length));
  }
  return words;
}

struct Alignment {
  std::vector<int64_t> hypothesis_at;  // [reference words] the last word taken there; -1 = none
  std::vector<bool> reference_wrong;   // [reference words]
  std::vector<bool> hypothesis_wrong;  // [hypothesis words]
};

Alignment align(const std::vector<Edit>& edits) {
  Alignment alignment;
  for (Edit edit : edits) {
    if (edit != Edit::insert) alignment.hypothesis_wrong.push_back(edit != Edit::keep);
    if (edit == Edit::remove) continue;
    const auto taken = static_cast<int64_t>(alignment.hypothesis_wrong.size());
    alignment.hypothesis_at.push_back(taken - 1);
    alignment.reference_wrong.push_back(edit != Edit::keep);
  }
  return alignment;
}

bool any(const std::vector<bool>& flags, int64_t start, int64_t length) {
  const auto first = flags.begin() + start;
  return std::find(first, first + length, true) != first + length;
}

// One round: the best single shift.
class ShiftSearch {
 public:
  ShiftSearch(const SymbolSequence& words, std::span<const uint32_t> reference,
              BandedEditDistance& distance, int64_t& candidates)
      : words_(words), reference_(reference), distance_(distance), candidates_(candidates) {}

  Shift best() {
    before_ = distance_.measure(words_);
    alignment_ = align(distance_.edits());
    for (int64_t start = 0; start < std::ssize(words_); ++start) {
      for (int64_t place = 0; place < std::ssize(reference_); ++place) {
        if (std::abs(place - start) <= kFarthestShift) try_blocks(start, place);
        if (candidates_ >= kMostCandidates) return best_;
      }
    }
    return best_;
  }

 private:
  // All blocks that begin at words[start] and equal the reference from `place` on.
  void try_blocks(int64_t start, int64_t place) {
    const int64_t longest =
        std::min({kLongestBlock, std::ssize(words_) - start, std::ssize(reference_) - place});
    for (int64_t length = 1; length <= longest; ++length) {
      if (words_[start + length - 1] != reference_[place + length - 1]) return;
      if (worth_moving(start, place, length)) try_targets(start, place, length);
      if (candidates_ >= kMostCandidates) return;
    }
  }

  // Words on both sides must be in error, and the block must not be where it belongs already.
  bool worth_moving(int64_t start, int64_t place, int64_t length) const {
    const int64_t there = alignment_.hypothesis_at[place];
    return any(alignment_.hypothesis_wrong, start, length) &&
           any(alignment_.reference_wrong, place, length) &&
           !(start <= there && there < start + length);
  }

  // Behind what is aligned with the reference word before the block, and with each word in it.
  void try_targets(int64_t start, int64_t place, int64_t length) {
    int64_t previous = -1;
    for (int64_t at = place - 1; at < place + length; ++at) {
      const int64_t target = at < 0 ? 0 : alignment_.hypothesis_at[at] + 1;
      if (target == previous) continue;
      previous = target;
      const auto unchanged = static_cast<size_t>(std::min(start, target));
      const int64_t after =
          distance_.measure_reordered(shifted(words_, start, length, target), unchanged);
      const Shift shift{before_ - after, length, -start, -target};
      best_ = std::max(best_, shift);
      ++candidates_;
    }
  }

  const SymbolSequence& words_;
  std::span<const uint32_t> reference_;
  BandedEditDistance& distance_;
  int64_t& candidates_;
  int64_t before_ = 0;
  Alignment alignment_{};
  Shift best_{};
};

}  // namespace

int64_t edits_with_shifts(std::span<const uint32_t> hypothesis,
                          std::span<const uint32_t> reference) {
  if (reference.empty()) return std::ssize(hypothesis);
  SymbolSequence words(hypothesis.begin(), hypothesis.end());
  BandedEditDistance distance(reference);
  int64_t candidates = 0;
  for (int64_t shifts = 0;; ++shifts) {
    const Shift shift = ShiftSearch(words, reference, distance, candidates).best();
    // A round cut short by the limit does not count, and is the last.
    if (candidates >= kMostCandidates || shift.gain <= 0) return shifts + distance.measure(words);
    words = shifted(words, -shift.minus_start, shift.length, -shift.minus_target);
  }
}

}  // namespace rondo
