// `rondo explain` as a user runs it.
#include <algorithm>

#include "tests/app/commands/small_classifier_file.h"
#include "tests/app/storage/small_model.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

// The small classifier, and a translator in translator.rondo beside it.
struct SmallModels : SmallClassifierFile {
  explicit SmallModels(DecoderType decoder = DecoderType::gnmt) {
    write_tensor_file(reviews.folder / "translator.rondo",
                      to_tensor_file(small_model(true, decoder)));
  }
  std::string file(const std::string& name) const { return read_bytes(reviews.folder / name); }
};

int64_t lines_in(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

}  // namespace

TEST_CASE("rondo explain shows a translation's attention in four forms", "[commands]") {
  const SmallModels files;
  const auto done =
      files.run("RONDO explain translator.rondo abc --width 60 --svg map.svg --html page.html");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK_THAT(done.out, ContainsSubstring("source       abc\ntranslation  ") &&
                           ContainsSubstring("log-probability -"));
  CHECK(files.file("map.svg").starts_with("<svg xmlns="));
  CHECK(files.file("page.html").starts_with("<!doctype html>"));
  const auto json = files.run("RONDO explain translator.rondo abc --json");
  CHECK(json.out.starts_with("{\"source\":\"abc\",\"translation\":\""));
}

TEST_CASE("rondo explain force-decodes a translation it is given", "[commands]") {
  const SmallModels files;
  const auto done = files.run("RONDO explain translator.rondo abc --target 'hg f' --json");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK_THAT(done.out, ContainsSubstring("\"translation\":\"hg f\",\"forced\":true"));
  // The small tokenizer does not know the space before a word.
  const auto words = files.run("RONDO explain translator.rondo abc --target hgf --words");
  CHECK_THAT(words.out, ContainsSubstring(" <unk>abc </s>\n<unk>hgf "));
}

TEST_CASE("rondo explain takes lines one after the other", "[commands]") {
  const SmallModels files;
  files.write("lines.txt", "abc\nhgf\n");
  const auto done =
      files.run("RONDO explain translator.rondo --file lines.txt --json --svg map.svg");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK(lines_in(done.out) == 2);
  CHECK(files.file("map-1.svg").starts_with("<svg"));
  CHECK(files.file("map-2.svg").starts_with("<svg"));
  CHECK(files.run("RONDO explain translator.rondo --json < lines.txt").out == done.out);
}

TEST_CASE("rondo explain shows a classifier's methods beside one another", "[commands]") {
  const SmallModels files;
  const auto done = files.run("RONDO explain MODEL a very fine film --html page.html");
  INFO(done.messages);
  REQUIRE(done.status == 0);
  CHECK_THAT(done.out, ContainsSubstring("text    a very fine film\n") &&
                           ContainsSubstring("attention gradient integrated leave-one-out\n") &&
                           ContainsSubstring("\nrank correlation over 4 words\n"));
  CHECK_THAT(files.file("page.html"), ContainsSubstring("<h3>integrated</h3>"));
  const auto one = files.run("RONDO explain MODEL a film --method leave-one-out --json");
  CHECK_THAT(one.out, ContainsSubstring("\"methods\":{\"leave-one-out\":["));
}

TEST_CASE("rondo explain leaves attention out where the pooling has none", "[commands]") {
  const SmallModels files;
  Experiment experiment = files.reviews.experiment();
  experiment.classifier.pooling = Pooling::max;
  write_tensor_file(files.reviews.folder / "max.rondo",
                    to_tensor_file(make_sentiment_model(experiment)));
  const auto all = files.run("RONDO explain max.rondo a film --json");
  INFO(all.messages);
  CHECK_THAT(all.out, ContainsSubstring("\"methods\":{\"gradient\":["));
  CHECK(files.run("RONDO explain max.rondo a film --method attention").status == 2);
}

TEST_CASE("rondo explain says in one line what it cannot explain", "[commands]") {
  const SmallModels files(DecoderType::vanilla);
  files.write("lines.txt", "abc\n \n");
  const auto fails = [&](const std::string& arguments, int status, const std::string& message) {
    const auto done = files.run("RONDO explain " + arguments);
    INFO(arguments + ": " + done.messages);
    CHECK(done.status == status);
    CHECK(lines_in(done.messages) == 1);
    CHECK_THAT(done.messages, ContainsSubstring(message));
  };
  fails("translator.rondo abc", 2, "its decoder is vanilla, which attends to nothing");
  fails("translator.rondo ' '", 1, "TEXT: is empty");
  fails("translator.rondo --file lines.txt", 1, "lines.txt:2: is empty");
  fails("translator.rondo abc --method gradient", 2, "--method: ");
  fails("translator.rondo --file lines.txt --target a", 1, "lines.txt:2: is empty");
  fails("MODEL abc --target a", 2, "is a classifier, not a translator");
  fails("train.tsv abc", 1, "train.tsv");
}

}  // namespace rondo
