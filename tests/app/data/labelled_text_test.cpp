#include "app/data/labelled_text.h"

#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

using Names = std::vector<std::string>;
using Numbers = std::vector<int64_t>;

// A labelled file; options name no path.
class LabelledFile {
 public:
  LabelledFile(const std::string& name, const std::string& bytes)
      : path((folder_ / name).string()) {
    write_bytes(path, bytes);
  }
  LabelledText read(const LabelledDataOptions& options = {}) const {
    return read_labelled_text(path, options);
  }
  LabelledText read(const LabelledDataOptions& options, const LabelSet& labels) const {
    return read_labelled_text(path, options, labels);
  }
  std::string refusal(const LabelledDataOptions& options = {}) const {
    return message_of<DataError>([&] { read(options); });
  }

 private:
  TemporaryFolder folder_;

 public:
  const std::string path;
};

// "text<TAB>label" lines below their header.
LabelledFile tsv(const std::string& lines) { return {"a.tsv", "text\tlabel\n" + lines}; }

// The label numbers of each target.
std::vector<Numbers> numbers_of(const LabelledText& text) {
  std::vector<Numbers> numbers;
  for (const Target& target : text.targets) numbers.push_back(target.labels);
  return numbers;
}

std::vector<double> values_of(const LabelledText& text) {
  std::vector<double> values;
  for (const Target& target : text.targets) values.push_back(target.value);
  return values;
}

std::vector<double> weights_of(const LabelledText& text) {
  std::vector<double> weights;
  for (const Target& target : text.targets) weights.push_back(target.weight);
  return weights;
}

TEST_CASE("classes found in the text are numbered by name", "[data]") {
  const LabelledText text = tsv("good\tpos\nbad\tneg\nso so\tneutral\nfine\tpos\n").read();
  CHECK(text.labels.names() == Names{"neg", "neutral", "pos"});
  CHECK(numbers_of(text) == std::vector<Numbers>{{2}, {0}, {1}, {2}});
  CHECK(text.lines == Names{"good", "bad", "so so", "fine"});
  CHECK(text.line_numbers == Numbers{2, 3, 4, 5});
  CHECK(text.records_read == 4);
  CHECK(weights_of(text) == std::vector<double>{1, 1, 1, 1});
}

TEST_CASE("labels that are given keep their order, and one may lack examples", "[data]") {
  const LabelledText text =
      tsv("good\tpos\nbad\tneg\n").read({.labels = {"pos", "neutral", "neg"}});
  CHECK(text.labels.names() == Names{"pos", "neutral", "neg"});
  CHECK(numbers_of(text) == std::vector<Numbers>{{0}, {2}});
  CHECK(missing_labels(text) == Names{"neutral"});
}

TEST_CASE("ordinal labels are ordered as numbers where all are, else by name", "[data]") {
  const LabelledDataOptions options{.targets = TargetType::ordinal};
  CHECK(tsv("a\t10\nb\t9\nc\t-1\nd\t9.5\n").read(options).labels.names() ==
        Names{"-1", "9", "9.5", "10"});
  CHECK(tsv("a\t10\nb\t9\nc\tx\n").read(options).labels.names() == Names{"10", "9", "x"});
  CHECK(tsv("a\t10\nb\t9\n").read().labels.names() == Names{"10", "9"});
}

TEST_CASE("blanks around a label do not make another class", "[data]") {
  const LabelledText text = tsv("a\t pos\nb\tpos \nc\tneg\n").read();
  CHECK(text.labels.names() == Names{"neg", "pos"});
}

TEST_CASE("several labels of one field are parted by the separator, in any number", "[data]") {
  const LabelledText text = tsv("a\tsad, angry\nb\t\nc\tangry,angry\nd\t joy ,\n")
                                .read({.targets = TargetType::multi_label});
  CHECK(text.labels.names() == Names{"angry", "joy", "sad"});
  CHECK(numbers_of(text) == std::vector<Numbers>{{0, 2}, {}, {0}, {1}});
}

TEST_CASE("the separator of labels may be another, or none", "[data]") {
  const LabelledFile file = tsv("a\tx; y,z\n");
  LabelledDataOptions options{.targets = TargetType::multi_label, .label_separator = ";"};
  CHECK(file.read(options).labels.names() == Names{"x", "y,z"});
  options.label_separator = "";
  CHECK(file.read(options).labels.names() == Names{"x; y,z"});
}

TEST_CASE("labels of a JSON list or of fastText are whole names", "[data]") {
  const LabelledDataOptions options{.targets = TargetType::multi_label};
  const LabelledFile json("a.jsonl",
                          "{\"text\":\"a\",\"label\":[\"x,y\",\"z\"]}\n"
                          "{\"text\":\"b\",\"label\":[\"x,y\"]}\n"
                          "{\"text\":\"c\",\"label\":\"z,w\"}\n"
                          "{\"text\":\"d\",\"label\":[]}\n");
  const LabelledText text = json.read(options);
  CHECK(text.labels.names() == Names{"w", "x,y", "z"});
  CHECK(numbers_of(text) == std::vector<Numbers>{{1, 2}, {1}, {0, 2}, {}});
  const LabelledFile fasttext("a.txt", "__label__x,y __label__z a\nb\n");
  CHECK(fasttext.read(options).labels.names() == Names{"x,y", "z"});
}

TEST_CASE("a list of one label is a class", "[data]") {
  const LabelledFile json("a.jsonl",
                          "{\"text\":\"a\",\"label\":[\"pos\"]}\n{\"text\":\"b\",\"label\":0}\n");
  CHECK(json.read().labels.names() == Names{"0", "pos"});
  const LabelledFile fasttext("a.txt", "__label__pos a\n__label__neg b\n");
  CHECK(fasttext.read().lines == Names{"a", "b"});
}

TEST_CASE("values are numbers with or without a sign", "[data]") {
  const LabelledText text = tsv("a\t+1.5\nb\t-2\nc\t 1e-1 \n").read({.targets = TargetType::value});
  CHECK(values_of(text) == std::vector<double>{1.5, -2, 0.1});
  CHECK(text.labels.size() == 0);
}

TEST_CASE("a label that is no finite number as a whole is no value", "[data]") {
  for (const std::string label : {"x", "1x", "1 2", "+-1", "++1", "+", "nan", "inf", "1e999"}) {
    const LabelledFile file = tsv("a\t" + label + "\n");
    CHECK(file.refusal({.targets = TargetType::value}) ==
          file.path + ":2: label '" + label + "' is not a finite number");
  }
  const LabelledFile empty = tsv("a\t\n");
  CHECK(empty.refusal({.targets = TargetType::value}) == empty.path + ":2: has no label");
}

TEST_CASE("weights are read from their column", "[data]") {
  const LabelledFile file("a.csv", "w,text,label\n0,a,x\n2.5,b,y\n");
  const LabelledText text = file.read({.records = {.weight_column = "w"}});
  CHECK(weights_of(text) == std::vector<double>{0, 2.5});
}

TEST_CASE("a weight below zero or no number is refused with its line", "[data]") {
  for (const std::string weight : {"-1", "x", "", "inf"}) {
    const LabelledFile file("a.csv", "w,text,label\n1,a,x\n" + weight + ",b,y\n");
    CHECK(file.refusal({.records = {.weight_column = "w"}}) ==
          file.path + ":3: weight '" + weight + "' is not a number of at least 0");
  }
}

TEST_CASE("an empty text is an example, and a text without a label is not", "[data]") {
  const LabelledFile file = tsv("\tpos\nbad\tneg\n");
  CHECK(file.read().lines == Names{"", "bad"});
  const LabelledFile unlabelled = tsv("good\tpos\nbad\t \n");
  CHECK(unlabelled.refusal() == unlabelled.path + ":3: has no label");
}

TEST_CASE("a record of several labels is no single class", "[data]") {
  const LabelledFile file("a.txt", "__label__x a\n__label__x __label__y b\n");
  CHECK(file.refusal() == file.path + ":2: has 2 labels; only one is wanted");
}

TEST_CASE("an unknown label is refused with those there are", "[data]") {
  const LabelledFile file = tsv("good\tpos\nbad\tneg\n");
  const std::string wanted = file.path + ":3: unknown label 'neg'; the labels are negative, pos";
  CHECK(file.refusal({.labels = {"negative", "pos"}}) == wanted);
  CHECK(message_of<DataError>([&] {
          file.read({}, LabelSet(Names{"negative", "pos"}));
        }) == wanted);
}

TEST_CASE("a record that cannot be taken apart stops reading with its line", "[data]") {
  const LabelledFile file = tsv("good\tpos\nbad\n");
  CHECK(file.refusal() == file.path + ":3: has 1 column; the header has 2");
}

TEST_CASE("skipped records are counted, and the first five told", "[data]") {
  const LabelledFile file = tsv("a\tx\nb\nb\nb\nb\nb\nb\n\tc\td\nd\t\ne\ty\n");
  const LabelledText text = file.read({.on_error = OnError::skip});
  CHECK(text.lines == Names{"a", "e"});
  CHECK(text.line_numbers == Numbers{2, 11});
  CHECK(text.records_read == 10);
  CHECK(text.skipped == 8);
  REQUIRE(text.problems.size() == 5);
  CHECK(text.problems.front() == file.path + ":3: has 1 column; the header has 2");
}

TEST_CASE("the label of a skipped record does not become a class", "[data]") {
  const LabelledFile file("a.csv", "w,text,label\n1,a,x\n-1,b,z\n1,c,y\n");
  const LabelledText text =
      file.read({.records = {.weight_column = "w"}, .on_error = OnError::skip});
  CHECK(text.labels.names() == Names{"x", "y"});
}

TEST_CASE("a text without a usable record is refused", "[data]") {
  const LabelledFile file = tsv("");
  CHECK(file.refusal() == file.path + ": holds no labelled text");
  const LabelledFile nothing("b.tsv", "");
  CHECK(nothing.refusal() == nothing.path + ": holds no labelled text");
  const LabelledFile broken = tsv("a\nb\n");
  CHECK(broken.refusal({.on_error = OnError::skip}) ==
        broken.path + ": holds no labelled text; all 2 records were skipped, the first for " +
            broken.path + ":2: has 1 column; the header has 2");
}

TEST_CASE("a training text of one class is refused, and one for evaluation is not", "[data]") {
  const LabelledFile file = tsv("good\tpos\nfine\tpos\n");
  const std::string wanted = file.path + ": has only one class, 'pos'; a classifier needs two";
  CHECK(file.refusal() == wanted);
  CHECK(file.refusal({.labels = {"neg", "pos"}}) == wanted);
  const LabelledText text = file.read({}, LabelSet(Names{"neg", "pos"}));
  CHECK(numbers_of(text) == std::vector<Numbers>{{1}, {1}});
  CHECK(missing_labels(text) == Names{"neg"});
}

TEST_CASE("one label is enough where any number may hold, and none is not", "[data]") {
  const LabelledDataOptions options{.targets = TargetType::multi_label};
  CHECK(tsv("a\tx\nb\t\n").read(options).labels.size() == 1);
  const LabelledFile file = tsv("a\t\nb\t\n");
  CHECK(file.refusal(options) == file.path + ": none of its texts has a label");
}

TEST_CASE("a labelled text is found under its own name or with .gz", "[data]") {
  const LabelledFile file("a.csv.gz", gzipped("text,label\n\"a\nb\",x\nc,y\n"));
  const std::string plain = file.path.substr(0, file.path.size() - 3);
  CHECK(read_labelled_text(plain, {}).lines == Names{"a\nb", "c"});
  CHECK(message_of<DataError>([&] { read_labelled_text(plain + ".csv", {}); }) ==
        plain + ".csv: no such file, nor " + plain + ".csv.gz");
}

}  // namespace
}  // namespace rondo
