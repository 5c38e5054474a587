#include "app/data/label_set.h"

#include "app/data/name_list.h"
#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

using Names = std::vector<std::string>;

Names numbered_names(int count) {
  Names names;
  for (int i = 0; i < count; ++i) names.push_back("n" + std::to_string(i));
  return names;
}

TEST_CASE("labels are numbered in the order given", "[data]") {
  const LabelSet labels(Names{"negative", "neutral", "positive"});
  CHECK(labels.size() == 3);
  CHECK(labels.number("positive") == 2);
  CHECK(labels.name(0) == "negative");
  CHECK(labels.number("Positive") == -1);
  CHECK(LabelSet().size() == 0);
}

TEST_CASE("a label that is added again keeps its number", "[data]") {
  LabelSet labels(Names{"a"});
  CHECK(labels.add("b") == 1);
  CHECK(labels.add("a") == 0);
  CHECK(labels.add("b") == 1);
  CHECK(labels.names() == Names{"a", "b"});
}

TEST_CASE("a label given twice is refused", "[data]") {
  CHECK(message_of<DataError>([] {
          LabelSet(Names{"a", "b", "a"});
        }) == "label 'a' is given twice");
}

TEST_CASE("the complaint of an unknown label names those there are", "[data]") {
  const LabelSet labels(Names{"negative", "positive"});
  CHECK(labels.complaint("positiv") ==
        "unknown label 'positiv'; did you mean 'positive'? The labels are negative, positive");
  CHECK(labels.complaint("joy") == "unknown label 'joy'; the labels are negative, positive");
}

TEST_CASE("no other number and no name of two letters is taken for what was meant", "[data]") {
  const Names names{"1", "1.5", "no", "yes"};
  for (const std::string unknown : {"", "2", "2.5", "on"}) {
    CHECK(known_instead(unknown, "labels", names) == "; the labels are 1, 1.5, no, yes");
  }
  CHECK(known_instead("yess", "labels", names) ==
        "; did you mean 'yes'? The labels are 1, 1.5, no, yes");
}

TEST_CASE("a long name is cut between letters", "[data]") {
  CHECK(shortened(std::string(40, 'x')) == std::string(40, 'x'));
  CHECK(shortened(std::string(41, 'x')) == std::string(40, 'x') + "...");
  CHECK(shortened(std::string(39, 'x') + "\xC3\xA9y") == std::string(39, 'x') + "...");
  CHECK(shortened(std::string(50, '\x80')) == "...");
}

TEST_CASE("of many names the first twenty are listed", "[data]") {
  CHECK(listed(Names{}).empty());
  CHECK(listed(Names{"a", "b"}) == "a, b");
  const std::string list = listed(numbered_names(100));
  CHECK(list.substr(0, 11) == "n0, n1, n2,");
  CHECK(list.substr(list.size() - 17) == ", n19 and 80 more");
}

}  // namespace
}  // namespace rondo
