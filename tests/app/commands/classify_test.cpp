// `rondo classify` as a user runs it.
#include <algorithm>

#include "tests/app/commands/small_classifier_file.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

int64_t line_count(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("rondo classify answers every line, whatever its bytes", "[commands]") {
  const SmallClassifierFile files;
  std::string text("good\n\n\xFF\xFE\nx\ty\r\n \na\0b\n", 20);
  for (int i = 0; i < 2000; ++i) text += "film ";
  text += "\nlast line without an end";
  files.write("lines.txt", text);
  const auto done = files.run("RONDO classify MODEL lines.txt");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK(line_count(done.out) == 8);
  CHECK(line_count(done.out) == std::count(done.out.begin(), done.out.end(), '\t'));
  CHECK(holds(done.messages, "classified 8 lines"));
  // Bytes that are no text leave nothing to read: that line counts as empty, too.
  CHECK(holds(done.messages, "3 empty, 1 with invalid UTF-8 replaced, 1 too long and split"));
  const auto piped = files.run("RONDO classify MODEL < lines.txt");
  CHECK(piped.out == done.out);
}

TEST_CASE("rondo classify keeps columns and fields", "[commands]") {
  const SmallClassifierFile files;
  const auto tsv = files.run("RONDO classify MODEL train.tsv");
  INFO(tsv.messages);
  CHECK(tsv.out.starts_with(
      "text\tlabel\tstars\trating\ttopics\tpredicted_label\tprobability\na fine film\tpos\t3\t"));
  CHECK(line_count(tsv.out) == 9);
  files.write("r.csv", "id,text\n1,\"so, so\"\n2,\"two\nlines\"\n");
  const auto csv = files.run("RONDO classify MODEL r.csv");
  CHECK(csv.out.starts_with("id,text,label,probability\n1,\"so, so\","));
  CHECK(holds(csv.out, "\n2,\"two\nlines\","));
  files.write("r.jsonl", "{\"text\": \"a fine film\", \"id\": 1.50}\n");
  const auto json = files.run("RONDO classify MODEL r.jsonl");
  CHECK(json.out.starts_with("{\"text\": \"a fine film\", \"id\": 1.50,\"label\":\""));
  const auto plain = files.run("RONDO classify MODEL r.csv --plain --all");
  CHECK(std::count(plain.out.begin(), plain.out.end(), '\t') == 6);
}

TEST_CASE("rondo classify stops at a broken record, or skips or keeps it", "[commands]") {
  const SmallClassifierFile files;
  files.write("r.tsv", "id\ttext\n1\tgood\nbroken\n3\tbad\n");
  const auto stopped = files.run("RONDO classify MODEL r.tsv");
  CHECK(stopped.status == 1);
  CHECK(holds(stopped.messages, "r.tsv:3: has 1 column"));
  const auto skipped = files.run("RONDO classify MODEL r.tsv --on-error skip");
  CHECK(line_count(skipped.out) == 3);
  CHECK(holds(skipped.messages, "broken records left out: 1"));
  const auto kept = files.run("RONDO classify MODEL r.tsv --on-error keep");
  CHECK(holds(kept.out, "\nbroken\t\t\n"));
}

TEST_CASE("rondo classify ends quietly when nobody reads on", "[commands]") {
  const SmallClassifierFile files;
  const auto done = files.run("yes good film | RONDO classify MODEL | head -n 3");
  CHECK(done.status == 0);
  CHECK(line_count(done.out) == 3);
  CHECK(holds(done.messages, "classified"));
}

TEST_CASE("rondo classify explains in three forms", "[commands]") {
  const SmallClassifierFile files;
  for (const char* method : {"attention", "gradient", "integrated", "leave-one-out"}) {
    const auto done =
        files.run("echo a fine film | RONDO classify MODEL --explain " + std::string(method));
    INFO(done.messages);
    CHECK(done.status == 0);
    CHECK(std::count(done.out.begin(), done.out.end(), '[') == 3);
  }
  const auto html = files.run(
      "echo 'a <b> film' | RONDO classify MODEL --explain gradient --explain-format html");
  CHECK(html.out.starts_with("<!doctype html>"));
  CHECK(html.out.ends_with("</html>\n"));
  CHECK(holds(html.out, "&lt;b&gt;</span>"));
}

TEST_CASE("rondo evaluate prints, and writes a page", "[commands]") {
  const SmallClassifierFile files;
  const auto done = files.run("RONDO evaluate MODEL train.tsv --bootstrap-n 20 --html page.html");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK(holds(done.out, "8 examples"));
  CHECK(holds(done.out, "macro F1"));
  CHECK(read_bytes(files.reviews.folder / "page.html").starts_with("<!doctype html>"));
  const auto json = files.run("RONDO evaluate MODEL train.tsv --bootstrap-n 0 --json");
  CHECK(json.out.starts_with("{\n  \"model\": "));
  CHECK(holds(json.out, "\"mistakes\": ["));
}

TEST_CASE("rondo evaluate says where a label is unknown", "[commands]") {
  const SmallClassifierFile files;
  files.write("odd.tsv", "text\tlabel\ngood\tpos\nbad\tnegativ\n");
  const auto stopped = files.run("RONDO evaluate MODEL odd.tsv");
  CHECK(stopped.status == 1);
  CHECK(holds(stopped.messages, "odd.tsv:3: unknown label 'negativ'"));
  const auto skipped = files.run("RONDO evaluate MODEL odd.tsv --on-error skip --bootstrap-n 0");
  CHECK(skipped.status == 0);
  CHECK(holds(skipped.messages, "no example of neg"));
}

}  // namespace rondo
