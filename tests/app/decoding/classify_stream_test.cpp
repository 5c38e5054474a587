#include "app/decoding/classify_stream.h"

#include <memory>
#include <sstream>

#include "app/errors.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"

using namespace rondo;

namespace {

using Records = std::vector<Record>;

Record readable(const std::string& text) { return {.raw = text, .text = text}; }
Record broken(int64_t line) { return {.raw = "?", .line = line, .error = "has 1 column"}; }

RecordSource source_of(Records records) {
  auto rest = std::make_shared<std::pair<Records, size_t>>(std::move(records), 0);
  return [rest](Record& record) {
    if (rest->second == rest->first.size()) return false;
    record = rest->first[rest->second++];
    return true;
  };
}

// Each text, or its error, on a line of its own.
std::string echoed(std::span<const Record> records) {
  std::string text;
  for (const auto& record : records) text += record.text + record.error + '\n';
  return text;
}

// Texts of one letter are "b" or "a".
std::vector<Scored> score_letters(std::span<const std::string> lines) {
  std::vector<Scored> all;
  for (const auto& line : lines) {
    const bool first = line == "a";
    all.push_back(
        {.probabilities = {first ? 1.0f : 0.0f, first ? 0.0f : 1.0f}, .decided = {first ? 0 : 1}});
  }
  return all;
}

}  // namespace

TEST_CASE("as many answers come out as records go in, in order", "[decoding]") {
  Records records;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    records.push_back(readable(std::to_string(i)));
    expected += std::to_string(i) + '\n';
  }
  std::ostringstream out;
  const auto counts = classify_stream(source_of(records),
                                      {.answer = echoed, .window = {.first = 3, .most = 50}}, out);
  REQUIRE(out.str() == expected);
  REQUIRE(counts.records == 1000);
}

TEST_CASE("a broken record is left out or kept, and counted", "[decoding]") {
  std::ostringstream skipped, kept;
  const Records records{readable("x"), broken(2), readable("y")};
  const auto left =
      classify_stream(source_of(records), {.answer = echoed, .bad = BadRecord::skip}, skipped);
  REQUIRE(skipped.str() == "x\ny\n");
  REQUIRE(left.skipped == 1);
  REQUIRE(left.records == 2);
  const auto all =
      classify_stream(source_of(records), {.answer = echoed, .bad = BadRecord::keep}, kept);
  REQUIRE(kept.str() == "x\nhas 1 column\ny\n");
  REQUIRE(all.unanswered == 1);
  REQUIRE(all.records == 3);
}

TEST_CASE("a broken record ends the stream after what came before it", "[decoding]") {
  std::ostringstream out;
  const auto message = message_of<DataError>([&] {
    classify_stream(source_of({readable("x"), broken(7), readable("y")}),
                    {.answer = echoed, .path = "a.tsv"}, out);
  });
  REQUIRE(message == "a.tsv:7: has 1 column");
  REQUIRE(out.str() == "x\n");
}

TEST_CASE("head and foot stand around the answers, also where there are none", "[decoding]") {
  std::ostringstream out;
  classify_stream(source_of({}), {.answer = echoed, .head = "<", .foot = ">"}, out);
  REQUIRE(out.str() == "<>");
}

TEST_CASE("answering stops when nobody reads the output", "[decoding]") {
  std::ostringstream out;
  int64_t windows = 0;
  const auto answer = [&](std::span<const Record> records) {
    if (++windows == 2) out.setstate(std::ios::badbit);
    return echoed(records);
  };
  classify_stream(source_of(Records(9, readable("x"))),
                  {.answer = answer, .window = {.first = 1, .most = 1}}, out);
  REQUIRE(windows == 2);
}

TEST_CASE("only records that can be read are scored, and labels are counted", "[decoding]") {
  const Records records{readable("a"), broken(2), readable("c"), readable("a")};
  std::vector<int64_t> counts(2);
  const AnswerFormat format{.labels = {"first", "other"}};
  REQUIRE(answer_records(records, score_letters, format, counts) ==
          "first\t1.000000\n\t\nother\t1.000000\nfirst\t1.000000\n");
  REQUIRE(counts == std::vector<int64_t>{2, 1});
}

TEST_CASE("explanations stand at their records", "[decoding]") {
  const auto explain = [](std::span<const std::string> lines) {
    std::vector<Explanation> all;
    for (const auto& line : lines) all.push_back({.label = line});
    return all;
  };
  REQUIRE(explain_records(Records{readable("a"), broken(2), readable("b")}, explain, {}) ==
          "a\t0.0000\n\nb\t0.0000\n");
}
