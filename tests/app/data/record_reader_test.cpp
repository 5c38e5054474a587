#include "app/data/record_reader.h"

#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

using Strings = std::vector<std::string>;

constexpr RecordNeeds kNoLabel{.label = false};

// A file of some bytes, read as records.
class RecordFile {
 public:
  RecordFile(const std::string& name, const std::string& bytes) : path((folder_ / name).string()) {
    write_bytes(path, bytes);
  }

  std::vector<Record> records(const RecordOptions& options = {},
                              const RecordNeeds& needs = {}) const {
    RecordReader reader(path, options, needs);
    std::vector<Record> all;
    for (Record record; reader.next(record);) all.push_back(record);
    return all;
  }
  // "line text|label|weight" or "line !error" of each record.
  Strings shown(const RecordOptions& options = {}, const RecordNeeds& needs = {}) const {
    Strings all;
    for (const Record& r : records(options, needs)) {
      const std::string parts = r.text + "|" + r.label + "|" + r.weight;
      all.push_back(std::to_string(r.line) + " " + (r.error.empty() ? parts : "!" + r.error));
    }
    return all;
  }
  RecordFormat format(const RecordNeeds& needs = {}) const {
    return RecordReader(path, {.text_column = "1", .label_column = "2"}, needs).format();
  }
  std::string refusal(const RecordOptions& options = {}, const RecordNeeds& needs = {}) const {
    return message_of<DataError>([&] { records(options, needs); });
  }

 private:
  TemporaryFolder folder_;

 public:
  const std::string path;
};

TEST_CASE("columns of tab-separated text are found by name", "[data]") {
  const RecordFile file("a.tsv", "label\ttext\npos\tI \"love\" it, really\nneg\tno\n");
  CHECK(file.shown() == Strings{"2 I \"love\" it, really|pos|", "3 no|neg|"});
}

TEST_CASE("columns given by number need no header", "[data]") {
  const RecordFile file("a.tsv", "pos\tyes\nneg\tno\n");
  const RecordOptions options{.text_column = "2", .label_column = "1"};
  CHECK(file.shown(options) == Strings{"1 yes|pos|", "2 no|neg|"});
  RecordOptions with_header = options;
  with_header.header = true;
  CHECK(file.shown(with_header) == Strings{"2 no|neg|"});
}

TEST_CASE("the header is kept as it stands", "[data]") {
  const RecordFile file("a.csv", "text,\"label\"\r\nyes,pos\r\n");
  CHECK(RecordReader(file.path, {}).header() == "text,\"label\"");
  CHECK(RecordReader(file.path, {.text_column = "1"}, kNoLabel).header().empty());
  CHECK(file.shown() == Strings{"2 yes|pos|"});
}

TEST_CASE("a weight is read where a column for it is named", "[data]") {
  const RecordFile file("a.tsv", "text\tlabel\tw\nyes\tpos\t0.5\n");
  CHECK(file.shown() == Strings{"2 yes|pos|"});
  CHECK(file.shown({.weight_column = "w"}) == Strings{"2 yes|pos|0.5"});
  CHECK(file.shown({.weight_column = "w"}, kNoLabel) == Strings{"2 yes||"});
}

TEST_CASE("a column that the header lacks is refused with the nearest and all it has", "[data]") {
  const RecordFile file("a.tsv", "txt\tlabel\nyes\tpos\n");
  const std::string rest = " are txt, label (of a file without a header, give columns by number)";
  CHECK(file.refusal() ==
        file.path + ":1: no column 'text'; did you mean 'txt'? The columns" + rest);
  CHECK(file.refusal({.text_column = "review"}) ==
        file.path + ":1: no column 'review'; the columns" + rest);
  CHECK(file.refusal({.text_column = "txt"}).empty());
  CHECK(file.refusal({.text_column = "0", .label_column = "1"}) ==
        file.path + ": no column 0; columns count from 1");
  CHECK(file.refusal({.text_column = "3"}) ==
        file.path + ":1: no column 3; the header has 2 columns");
}

TEST_CASE("without a need for labels the label column may be missing", "[data]") {
  const RecordFile file("a.tsv", "id\ttext\n7\tyes\n");
  CHECK(file.shown({}, kNoLabel) == Strings{"2 yes||"});
}

TEST_CASE("a wrong number of columns is the record's error, and reading goes on", "[data]") {
  const RecordFile file("a.tsv", "text\tlabel\nyes\n\na\tb\tc\nno\tneg\n");
  CHECK(file.shown() == Strings{"2 !has 1 column; the header has 2", "3 !is an empty line",
                                "4 !has 3 columns; the header has 2", "5 no|neg|"});
  const RecordFile bare("b.tsv", "yes\npos\tno\n");
  CHECK(bare.shown({.text_column = "2", .label_column = "1"}) ==
        Strings{"1 !has 1 column; text is column 2", "2 no|pos|"});
}

TEST_CASE("a record with an error keeps only its raw text and line", "[data]") {
  const RecordFile file("a.fasttext", "__label__a __label__ text\n");
  const Record record = file.records({.format = RecordFormat::fasttext}).at(0);
  CHECK(record.error == "has a __label__ without a name");
  CHECK(record.raw == "__label__a __label__ text");
  CHECK(record.line == 1);
  CHECK((record.text.empty() && record.label.empty() && !record.label_list));
}

TEST_CASE("an empty line of one column is an empty text", "[data]") {
  const RecordFile file("a.tsv", "yes\n\nno\n");
  CHECK(file.shown({.text_column = "1"}, kNoLabel) == Strings{"1 yes||", "2 ||", "3 no||"});
}

TEST_CASE("quoted line ends of CSV stay in one record, numbered where it begins", "[data]") {
  const RecordFile file("a.csv", "text,label\r\n\"two\r\nlines, \"\"here\"\"\",pos\r\nno,neg\r\n");
  CHECK(file.shown() == Strings{"2 two\nlines, \"here\"|pos|", "4 no|neg|"});
  CHECK(file.records().at(0).raw == "\"two\nlines, \"\"here\"\"\",pos");
}

TEST_CASE("broken CSV quoting is the record's error", "[data]") {
  const RecordFile file("a.csv", "text,label\na 5\" disk,pos\nno,neg\n");
  CHECK(file.shown() ==
        Strings{"2 !column 1: a quote stands inside a field without quotes", "3 no|neg|"});
}

TEST_CASE("a CSV quote that is never closed is told where its record begins", "[data]") {
  const RecordFile file("a.csv", "text,label\nyes,pos\n\"no,neg\nyes,pos\n");
  CHECK(file.shown() == Strings{"2 yes|pos|", "3 !a quoted field is never closed"});
  const RecordFile header("b.csv", "\"text,label\nyes,pos\n");
  CHECK(header.refusal() == header.path + ":1: a quoted field is never closed");
}

TEST_CASE("a CSV record of more than 16 MiB is given up, and the rest is read", "[data]") {
  const std::string line(size_t{1} << 20, 'x');
  std::string bytes = "text,label\n\"";
  for (int i = 0; i < 17; ++i) bytes += line + "\n";
  const RecordFile file("a.csv", bytes + "no,neg\n");
  const Strings shown = file.shown();
  CHECK(shown.front() == "2 !a quoted field is not closed within 16 MiB");
  CHECK(shown.back() == "19 no|neg|");
}

TEST_CASE("JSON lines give strings, numbers, truth values and lists as labels", "[data]") {
  const RecordFile file("a.jsonl",
                        "{\"text\": \"a\\u00e9\\n\", \"label\": \"pos\", \"more\": [1]}\n"
                        "{\"label\": 4, \"text\": \"b\"}\n"
                        "{\"label\": 0.5, \"text\": \"\"}\n"
                        "{\"label\": true, \"text\": \"c\"}\n"
                        "{\"label\": [\"x,y\", 2], \"text\": \"d\"}\n"
                        "{\"label\": [], \"text\": \"e\"}\n");
  CHECK(file.shown() == Strings{"1 a\xC3\xA9\n|pos|", "2 b|4|", "3 |0.5|", "4 c|true|",
                                "5 d|x,y\x1f"
                                "2|",
                                "6 e||"});
  const auto records = file.records();
  CHECK_FALSE(records[0].label_list);
  CHECK(records[4].label_list);
  CHECK(records[5].label_list);
}

TEST_CASE("keys of JSON lines are the column names, and a weight is a number", "[data]") {
  const RecordFile file("a.jsonl", "{\"1\": \"yes\", \"y\": \"pos\", \"w\": 2}\n");
  CHECK(file.shown({.text_column = "1", .label_column = "y", .weight_column = "w"}) ==
        Strings{"1 yes|pos|2"});
  CHECK(file.shown({.text_column = "1"}, kNoLabel) == Strings{"1 yes||"});
}

TEST_CASE("a JSON line that lacks a key or has it of a wrong type is told so", "[data]") {
  const RecordFile file("a.jsonl",
                        "{\"txt\": \"a\", \"label\": 1}\n"
                        "{\"text\": 5, \"label\": 1}\n"
                        "{\"text\": \"a\", \"label\": null}\n"
                        "{\"text\": \"a\", \"label\": [[1]]}\n"
                        "[\"a\"]\n"
                        "{}\n");
  CHECK(file.shown() ==
        Strings{"1 !has no key 'text'; its keys are label, txt",
                "2 !'text' must be a string, not number",
                "3 !'label' must be a string, a number or a list of them, not null",
                "4 !'label' must be a string, a number or a list of them, not array",
                "5 !must be a JSON object, not array", "6 !has no key 'text'"});
}

TEST_CASE("broken JSON is told with its column", "[data]") {
  const RecordFile file("a.jsonl",
                        "{\"text\" \"a\"}\n"
                        "{\"text\": \"a\n"
                        "{\"text\": \"\xFF\"}\n"
                        "{\"text\": 1e999}\n"
                        "\n"
                        "{\"text\": \"a\", \"label\": 1}\n");
  CHECK(file.shown() == Strings{"1 !broken JSON at column 11", "2 !the JSON ends too soon",
                                "3 !invalid UTF-8 in JSON", "4 !broken JSON: a number is too large",
                                "5 !is an empty line", "6 a|1|"});
}

TEST_CASE("fastText labels stand before the text, and later ones are text", "[data]") {
  const RecordFile file("a.txt",
                        "__label__pos I love it\n"
                        "\t__label__a,b __label__c\ttext __label__d \n"
                        "no label\n"
                        "__label__only\n");
  CHECK(file.shown() == Strings{"1 I love it|pos|",
                                "2 text __label__d |a,b\x1f"
                                "c|",
                                "3 no label||", "4 |only|"});
  CHECK(file.records()[0].label_list);
}

TEST_CASE("plain lines are text as they stand", "[data]") {
  const RecordFile file("a.txt", "a\tb, \"c\"\n\n \xFF\r\n__label__x\n");
  CHECK(file.shown({}, kNoLabel) ==
        Strings{"1 a\tb, \"c\"||", "2 ||", "3  \xFF||", "4 __label__x||"});
}

TEST_CASE("the automatic format follows the ending, with .gz or without", "[data]") {
  CHECK(RecordFile("a.tsv", "").format() == RecordFormat::tsv);
  CHECK(RecordFile("a.CSV", "").format() == RecordFormat::csv);
  CHECK(RecordFile("a.jsonl.gz", "").format() == RecordFormat::jsonl);
  CHECK(RecordFile("a.json", "").format() == RecordFormat::jsonl);
  CHECK(RecordFile("a.tsv.gz", "").format(kNoLabel) == RecordFormat::tsv);
}

TEST_CASE("an ending that says nothing is lines, or tsv or fastText where labels are needed",
          "[data]") {
  for (const char* name : {"a.txt", "a", "a.txt.gz", "a.train"}) {
    CHECK(RecordFile(name, "__label__x a\n").format(kNoLabel) == RecordFormat::lines);
    CHECK(RecordFile(name, "x\ta\n").format() == RecordFormat::tsv);
    CHECK(RecordFile(name, "\n\n__label__x a\n").format() == RecordFormat::fasttext);
  }
}

TEST_CASE("looking at the first lines loses none of them", "[data]") {
  const RecordFile fasttext("a.txt", "\n__label__x a\n__label__y b\n");
  CHECK(fasttext.shown() == Strings{"1 ||", "2 a|x|", "3 b|y|"});
  const RecordFile tsv("b.txt", "text\tlabel\na\tx\n");
  CHECK(tsv.shown() == Strings{"2 a|x|"});
}

TEST_CASE("labels or weights that a format cannot hold are refused", "[data]") {
  const RecordFile file("a.txt", "__label__x a\n");
  CHECK(file.refusal({.format = RecordFormat::lines}) ==
        file.path + ": plain lines have no labels; tsv, csv, jsonl and fasttext have");
  CHECK(file.refusal({.weight_column = "w"}) ==
        file.path + ": fastText lines have no weights; tsv, csv and jsonl have");
}

TEST_CASE("a byte order mark at the beginning is left out, in every format", "[data]") {
  const std::string mark = "\xEF\xBB\xBF";
  CHECK(RecordFile("a.tsv", mark + "text\tlabel\na\tx\n").shown() == Strings{"2 a|x|"});
  CHECK(RecordFile("a.csv", mark + "\"text\",label\na,x\n").shown() == Strings{"2 a|x|"});
  CHECK(RecordFile("a.txt", mark + "__label__x a\n").shown() == Strings{"1 a|x|"});
  CHECK(RecordFile("a.jsonl", mark + "{\"text\":\"a\",\"label\":1}\n").shown() ==
        Strings{"1 a|1|"});
  CHECK(RecordFile("a.txt", mark + "a\n" + mark + "b\n").shown({}, kNoLabel) ==
        Strings{"1 a||", "2 " + mark + "b||"});
}

TEST_CASE("gzip is read in every format", "[data]") {
  const RecordFile csv("a.csv.gz", gzipped("text,label\n\"a\nb\",x\n"));
  CHECK(csv.shown() == Strings{"2 a\nb|x|"});
  CHECK(RecordFile("a.txt.gz", gzipped("__label__x a\n")).shown() == Strings{"1 a|x|"});
}

TEST_CASE("an empty file has no record, and needs no header", "[data]") {
  for (const char* name : {"a.tsv", "a.csv", "a.jsonl", "a.txt"}) {
    CHECK(RecordFile(name, "").shown().empty());
  }
}

TEST_CASE("a missing file of records is refused by name", "[data]") {
  const TemporaryFolder folder;
  const std::string path = (folder / "missing.tsv").string();
  CHECK(message_of<DataError>([&] { RecordReader(path, {}); }) ==
        path + ": cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace rondo
