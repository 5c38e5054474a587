#include "app/decoding/classify_format.h"

#include "tests/support/catch.h"

using namespace rondo;

namespace {

const Scored kPositive{.probabilities = {0.1f, 0.9f}, .decided = {1}};

AnswerFormat two_labels(AnswerForm form = AnswerForm::plain,
                        RecordFormat input = RecordFormat::lines) {
  return {.form = form, .input = input, .labels = {"neg", "pos"}};
}

std::string answered(const std::string& raw, const AnswerFormat& format) {
  return format_answer({.raw = raw, .text = "great"}, kPositive, format);
}

}  // namespace

TEST_CASE("a line is answered by label and probability", "[decoding]") {
  REQUIRE(answered("great", two_labels()) == "pos\t0.900000\n");
}

TEST_CASE("every label's probability follows on request", "[decoding]") {
  auto format = two_labels();
  format.all = true;
  REQUIRE(answered("great", format) == "pos\t0.900000\t0.100000\t0.900000\n");
}

TEST_CASE("the likeliest labels come with their probabilities", "[decoding]") {
  auto format = two_labels();
  format.top_k = 5;
  REQUIRE(answered("great", format) == "pos\t0.900000\tneg\t0.100000\n");
  format.top_k = 1;
  REQUIRE(answered("great", format) == "pos\t0.900000\n");
}

TEST_CASE("kept columns stand before the answer's", "[decoding]") {
  REQUIRE(answered("7\tgreat", two_labels(AnswerForm::kept, RecordFormat::tsv)) ==
          "7\tgreat\tpos\t0.900000\n");
  REQUIRE(answered("great", two_labels(AnswerForm::kept)) == "great\tpos\t0.900000\n");
  auto format = two_labels(AnswerForm::kept, RecordFormat::csv);
  format.labels[1] = "good, really";
  REQUIRE(answered("7,\"so\ngreat\"", format) == "7,\"so\ngreat\",\"good, really\",0.900000\n");
}

TEST_CASE("a header gets the answer's names, other ones than it has", "[decoding]") {
  auto format = two_labels(AnswerForm::kept, RecordFormat::tsv);
  REQUIRE(answer_header("id\ttext", format) == "id\ttext\tlabel\tprobability\n");
  REQUIRE(answer_header("text\tlabel", format) == "text\tlabel\tpredicted_label\tprobability\n");
  format.top_k = 2;
  REQUIRE(answer_header("text", format) == "text\tlabel\tprobability\tlabel_2\tprobability_2\n");
  format = two_labels(AnswerForm::kept, RecordFormat::csv);
  format.all = true;
  REQUIRE(answer_header("\"label\",predicted_label", format) ==
          "\"label\",predicted_label,predicted_predicted_label,probability,"
          "probability_neg,probability_pos\n");
  REQUIRE(answer_header("id\ttext", two_labels()).empty());
}

TEST_CASE("a JSON record keeps its own fields to the byte", "[decoding]") {
  const auto format = two_labels(AnswerForm::json, RecordFormat::jsonl);
  REQUIRE(answered(R"({"id": 1, "x": 1.50, "text":"label"} )", format) ==
          R"({"id": 1, "x": 1.50, "text":"label","label":"pos","probability":0.9,)"
          R"("probabilities":{"neg":0.1,"pos":0.9}})"
          "\n");
}

TEST_CASE("a JSON record's own label is not written over", "[decoding]") {
  const auto format = two_labels(AnswerForm::json, RecordFormat::jsonl);
  REQUIRE(answered(R"({"text":"great","label":"neg"})", format) ==
          R"({"text":"great","label":"neg","predicted_label":"pos","probability":0.9,)"
          R"("probabilities":{"neg":0.1,"pos":0.9}})"
          "\n");
}

TEST_CASE("other input becomes JSON with its text", "[decoding]") {
  auto format = two_labels(AnswerForm::json);
  format.top_k = 1;
  REQUIRE(answered("great", format) ==
          R"({"text":"great","label":"pos","probability":0.9,"probabilities":{"pos":0.9}})"
          "\n");
  const std::string json = format_answer({.raw = "\xFF", .text = "\xFF"}, kPositive, format);
  REQUIRE(json.find("{\"text\":\"\xEF\xBF\xBD\",") == 0);
}

TEST_CASE("several labels are joined, none is an empty one", "[decoding]") {
  auto format = two_labels();
  format.targets = TargetType::multi_label;
  const Record record{.raw = "x", .text = "x"};
  const Scored both{.probabilities = {0.75f, 0.5f}, .decided = {0, 1}};
  const Scored none{.probabilities = {0.25f, 0.125f}};
  REQUIRE(format_answer(record, both, format) == "neg,pos\t0.750000,0.500000\n");
  REQUIRE(format_answer(record, none, format) == "\t\n");
  format.form = AnswerForm::json;
  REQUIRE(format_answer(record, both, format) ==
          R"({"text":"x","labels":["neg","pos"],"probabilities":{"neg":0.75,"pos":0.5}})"
          "\n");
}

TEST_CASE("a value is answered by its number", "[decoding]") {
  AnswerFormat format{.targets = TargetType::value};
  const Record record{.raw = "x", .text = "x"};
  REQUIRE(format_answer(record, {.probabilities = {-1.5f}}, format) == "-1.500000\n");
  format.form = AnswerForm::json;
  REQUIRE(format_answer(record, {.probabilities = {-1.5f}}, format) ==
          "{\"text\":\"x\",\"value\":-1.5}\n");
}

TEST_CASE("a record that cannot be read has an empty answer", "[decoding]") {
  const Record broken{.raw = "7", .error = "has 1 column"};
  REQUIRE(format_unanswered(broken, two_labels()) == "\t\n");
  REQUIRE(format_unanswered(broken, two_labels(AnswerForm::kept, RecordFormat::csv)) == "7,,\n");
  REQUIRE(format_unanswered(broken, two_labels(AnswerForm::json, RecordFormat::jsonl)) ==
          "{\"label\":null,\"error\":\"has 1 column\"}\n");
}

TEST_CASE("a label cannot break the columns", "[decoding]") {
  auto format = two_labels();
  format.labels[1] = "a\tb\n";
  REQUIRE(answered("x", format) == "a b \t0.900000\n");
}

TEST_CASE("label counts are said by frequency", "[decoding]") {
  using Names = std::vector<std::string>;
  using Counts = std::vector<int64_t>;
  REQUIRE(describe_labels(Counts{1, 3}, Names{"neg", "pos"}, 4) == "pos 3 (75.0%), neg 1 (25.0%)");
  const auto many = describe_labels(Counts(25, 1), Names(25, "x"), 25);
  REQUIRE(many.ends_with(" and 5 more"));
}
