#include "app/corpora/partition.h"

#include <set>
#include <string>

#include "tests/support/catch.h"

namespace rondo {
namespace {

// 300 families of 1 to 5 pairs; every tenth pair shares its target with other families.
SegmentPairs made_up_pairs() {
  SegmentPairs pairs;
  for (int family = 0; family < 300; ++family) {
    for (int i = 0; i <= family % 5; ++i) {
      const std::string name = std::to_string(family) + '.' + std::to_string(i);
      const std::string target = pairs.size() % 10 == 0 ? "shared" : "target " + name;
      pairs.push_back({"source " + name, target, "family " + std::to_string(family)});
    }
  }
  return pairs;
}

std::set<std::string> all(const SegmentPairs& pairs, std::string SegmentPair::*member) {
  std::set<std::string> values;
  for (const SegmentPair& pair : pairs) values.insert(pair.*member);
  return values;
}

bool disjoint(const std::set<std::string>& a, const std::set<std::string>& b) {
  for (const std::string& value : a) {
    if (b.contains(value)) return false;
  }
  return true;
}

const PartitionOptions kSmall{.dev_pairs = 40, .test_pairs = 80};

}  // namespace

TEST_CASE("no family, source or target is in two parts", "[corpora]") {
  const Partition parts = partition_by_family(made_up_pairs(), kSmall);
  for (auto member : {&SegmentPair::family, &SegmentPair::source, &SegmentPair::target}) {
    CHECK(disjoint(all(parts.train, member), all(parts.dev, member)));
    CHECK(disjoint(all(parts.train, member), all(parts.test, member)));
    CHECK(disjoint(all(parts.dev, member), all(parts.test, member)));
  }
}

TEST_CASE("dev and test are as large as wanted, to within a family", "[corpora]") {
  const SegmentPairs pairs = made_up_pairs();
  const Partition parts = partition_by_family(pairs, kSmall);
  CHECK(parts.dev.size() >= 40);
  CHECK(parts.dev.size() < 45);
  CHECK(parts.test.size() >= 80);
  CHECK(parts.test.size() < 85);
  CHECK(parts.train.size() + parts.dev.size() + parts.test.size() + size_t(parts.shared) ==
        pairs.size());
}

TEST_CASE("the order of the pairs changes no family's part", "[corpora]") {
  SegmentPairs pairs = made_up_pairs();
  const Partition parts = partition_by_family(pairs, kSmall);
  const Partition reversed = partition_by_family({pairs.rbegin(), pairs.rend()}, kSmall);
  CHECK(all(parts.test, &SegmentPair::family) == all(reversed.test, &SegmentPair::family));
  CHECK(all(parts.dev, &SegmentPair::source) == all(reversed.dev, &SegmentPair::source));
}

TEST_CASE("dev and test take at most a tenth of a small corpus", "[corpora]") {
  SegmentPairs pairs;
  for (int i = 0; i < 100; ++i) {
    const std::string name = std::to_string(i);
    pairs.push_back({"s" + name, "t" + name, "s" + name});
  }
  const Partition parts = partition_by_family(pairs, {});
  CHECK(parts.dev.size() == 10);
  CHECK(parts.test.size() == 10);
  CHECK(parts.train.size() == 80);
}

TEST_CASE("a family too large for dev and test stays in train", "[corpora]") {
  SegmentPairs pairs = made_up_pairs();
  for (int i = 0; i < 30; ++i) {
    pairs.push_back({"large " + std::to_string(i), "grande " + std::to_string(i), "large"});
  }
  const Partition parts = partition_by_family(pairs, kSmall);
  CHECK(all(parts.train, &SegmentPair::family).contains("large"));
}

}  // namespace rondo
