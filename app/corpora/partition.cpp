#include "app/corpora/partition.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/corpora/stable_hash.h"

namespace rondo {
namespace {

enum class Part { train, dev, test };

using Owners = std::unordered_map<std::string_view, std::string_view>;  // text -> its only family

// An owner that is no family: the text is in several.
constexpr std::string_view kSeveral{"\n"};

void note_owner(Owners& owners, std::string_view text, std::string_view family) {
  const auto [at, is_new] = owners.try_emplace(text, family);
  if (!is_new && at->second != family) at->second = kSeveral;
}

// Knows which pairs no other family shares a side with.
class Exclusive {
 public:
  explicit Exclusive(const SegmentPairs& pairs) {
    for (const SegmentPair& pair : pairs) {
      note_owner(sources_, pair.source, pair.family);
      note_owner(targets_, pair.target, pair.family);
    }
  }

  bool operator()(const SegmentPair& pair) const {
    return sources_.at(pair.source) != kSeveral && targets_.at(pair.target) != kSeveral;
  }

 private:
  Owners sources_, targets_;
};

struct Family {
  std::string_view name;
  int64_t exclusive_pairs = 0;
};

std::vector<Family> families_by_hash(const SegmentPairs& pairs, const Exclusive& is_exclusive) {
  std::unordered_map<std::string_view, int64_t> counts;
  for (const SegmentPair& pair : pairs) counts[pair.family] += is_exclusive(pair) ? 1 : 0;
  std::vector<Family> families;
  families.reserve(counts.size());
  for (const auto& [name, count] : counts) families.push_back({name, count});
  std::sort(families.begin(), families.end(), [](const Family& a, const Family& b) {
    return std::pair(stable_hash(a.name), a.name) < std::pair(stable_hash(b.name), b.name);
  });
  return families;
}

std::unordered_map<std::string_view, Part> choose_held_out(const std::vector<Family>& families,
                                                           int64_t dev_pairs, int64_t test_pairs,
                                                           double max_share) {
  std::unordered_map<std::string_view, Part> held_out;
  int64_t dev = 0, test = 0;
  for (const Family& family : families) {
    const bool for_test = test < test_pairs;
    if (!for_test && dev >= dev_pairs) break;
    const int64_t wanted = for_test ? test_pairs : dev_pairs;
    const int64_t largest = std::max<int64_t>(1, int64_t(double(wanted) * max_share));
    if (family.exclusive_pairs == 0 || family.exclusive_pairs > largest) continue;
    (for_test ? test : dev) += family.exclusive_pairs;
    held_out[family.name] = for_test ? Part::test : Part::dev;
  }
  return held_out;
}

}  // namespace

Partition partition_by_family(SegmentPairs pairs, const PartitionOptions& options) {
  const auto most = int64_t(double(pairs.size()) * options.max_held_out);
  const Exclusive is_exclusive(pairs);
  const auto held_out =
      choose_held_out(families_by_hash(pairs, is_exclusive), std::min(options.dev_pairs, most),
                      std::min(options.test_pairs, most), options.max_family_share);

  std::vector<Part> parts(pairs.size(), Part::train);
  std::vector<bool> left_out(pairs.size(), false);
  for (size_t i = 0; i < pairs.size(); ++i) {
    const auto at = held_out.find(pairs[i].family);
    if (at == held_out.end()) continue;
    parts[i] = at->second;
    left_out[i] = !is_exclusive(pairs[i]);
  }

  Partition result;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (left_out[i]) {
      ++result.shared;
      continue;
    }
    SegmentPairs& part = parts[i] == Part::train ? result.train
                         : parts[i] == Part::dev ? result.dev
                                                 : result.test;
    part.push_back(std::move(pairs[i]));
  }
  return result;
}

}  // namespace rondo
