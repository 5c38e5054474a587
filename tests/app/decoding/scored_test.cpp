#include "app/decoding/scored.h"

#include "tests/support/catch.h"

using namespace rondo;

using Numbers = std::vector<float>;
using Labels = std::vector<int64_t>;

TEST_CASE("of several classes the likeliest is decided", "[decoding]") {
  REQUIRE(decided_labels(Numbers{0.2f, 0.5f, 0.3f}, TargetType::classes, 0.9) == Labels{1});
  REQUIRE(decided_labels(Numbers{0.2f, 0.2f, 0.6f}, TargetType::ordinal, 0.9) == Labels{2});
}

TEST_CASE("of two classes the second is decided from the threshold on", "[decoding]") {
  REQUIRE(decided_labels(Numbers{0.5f, 0.5f}, TargetType::classes, 0.5) == Labels{1});
  REQUIRE(decided_labels(Numbers{0.3f, 0.7f}, TargetType::classes, 0.75) == Labels{0});
}

TEST_CASE("several labels, or none, may be decided at once", "[decoding]") {
  REQUIRE(decided_labels(Numbers{0.9f, 0.1f, 0.5f}, TargetType::multi_label, 0.5) == Labels{0, 2});
  REQUIRE(decided_labels(Numbers{0.1f, 0.2f}, TargetType::multi_label, 0.5).empty());
}

TEST_CASE("a value decides no label", "[decoding]") {
  REQUIRE(decided_labels(Numbers{3.5f}, TargetType::value, 0.5).empty());
}

TEST_CASE("labels are put in order by their probability", "[decoding]") {
  REQUIRE(labels_by_probability(Numbers{0.2f, 0.4f, 0.2f, 0.2f}) == Labels{1, 0, 2, 3});
}
