#include "app/experiments/key_group.h"

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

namespace rondo {
namespace {

using Texts = std::vector<std::string>;

std::string labels(std::vector<KeyGroup> groups) {
  std::vector<KeyGroup*> pointers;
  for (KeyGroup& group : groups) pointers.push_back(&group);
  label_groups("--vary", pointers);
  std::string text;
  for (const KeyGroup& group : groups) text += group.label + " ";
  return text;
}

TEST_CASE("keys joined by a plus share one value", "[experiments]") {
  const KeyAssignment assignment = parse_assignment("--vary", "a.x+b.x=1,2");
  CHECK(assignment.group.keys == Texts{"a.x", "b.x"});
  CHECK(assignment.values == "1,2");
  CHECK(settings_of(assignment.group, "1") == Texts{"a.x=1", "b.x=1"});
}

TEST_CASE("an assignment without key or values is refused under its option", "[experiments]") {
  const auto error = [](const std::string& text) {
    return message_of<ConfigError>([&] { parse_assignment("--key", text); });
  };
  CHECK_THAT(error("a.b"), ContainsSubstring("--key a.b: expected KEY=VALUES"));
  CHECK_THAT(error("a.b="), ContainsSubstring("no values"));
  CHECK_THAT(error("a+=1"), ContainsSubstring("a key without a name"));
}

TEST_CASE("a list is split at commas outside brackets and quotes", "[experiments]") {
  CHECK(split_list("1,2") == Texts{"1", "2"});
  CHECK(split_list("[a,b],{c: 1, d: 2},\"x,y\",'p,q'") ==
        Texts{"[a,b]", "{c: 1, d: 2}", "\"x,y\"", "'p,q'"});
  CHECK(split_list("1,,2") == Texts{"1", "", "2"});
}

TEST_CASE("a label is the shortest ending that no other key has", "[experiments]") {
  CHECK(labels({{{"training.learning_rate"}}}) == "learning_rate ");
  CHECK(labels({{{"model.encoder.dropout"}}, {{"model.decoder.dropout"}}, {{"name"}}}) ==
        "encoder.dropout decoder.dropout name ");
  CHECK(labels({{{"dropout"}}, {{"model.dropout"}}}) == "dropout model.dropout ");
}

TEST_CASE("a key given twice, and the folder of a run, cannot be varied", "[experiments]") {
  const auto error = [](const std::vector<KeyGroup>& groups) {
    return message_of<ConfigError>([&] { labels(groups); });
  };
  CHECK(error({{{"a", "b"}}, {{"b"}}}) == "--vary b: given twice");
  CHECK_THAT(error({{{"model_dir"}}}), ContainsSubstring("a folder of its own"));
}

}  // namespace
}  // namespace rondo
