#include "app/data/parallel_corpus.h"

#include <sstream>

#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

// Ids are the lengths of the words, which is all that a corpus needs to know of a tokenizer.
class WordLengths : public Tokenizer {
 public:
  int32_t size() const override { return 100; }
  std::vector<int32_t> encode(std::string_view line) const override {
    std::istringstream words{std::string(line)};
    std::vector<int32_t> ids;
    for (std::string word; words >> word;) ids.push_back(static_cast<int32_t>(word.size()));
    return ids;
  }
  std::vector<TextSpan> spans(std::string_view) const override { return {}; }
  std::vector<int32_t> encode_sampled(std::string_view line) const override { return encode(line); }
  std::string decode(std::span<const int32_t>) const override { return ""; }
  std::string piece(int32_t) const override { return ""; }
  int32_t id(std::string_view) const override { return 1; }
  const std::string& serialized() const override { return nothing_; }

 private:
  std::string nothing_;
};

class TwoFiles {
 public:
  TwoFiles(const std::string& source, const std::string& target) {
    write_bytes(files.source, source);
    write_bytes(files.target, target);
  }
  ParallelCorpus load(const CorpusOptions& options = {}) const {
    return load_parallel_corpus(files, tokenizer_, tokenizer_, options);
  }
  std::string refusal(const CorpusOptions& options = {}) const {
    return message_of<DataError>([&] { load(options); });
  }

 private:
  TemporaryFolder folder_;
  WordLengths tokenizer_;

 public:
  const ParallelFiles files{(folder_ / "a.en").string(), (folder_ / "a.de").string()};
};

std::vector<int32_t> ids(std::span<const int32_t> span) { return {span.begin(), span.end()}; }

TEST_CASE("pairs keep their order and their sides", "[data]") {
  const TwoFiles text("the cat\nno\n", "die Katze\nnein danke\n");
  const ParallelCorpus corpus = text.load();
  REQUIRE(corpus.size() == 2);
  CHECK(ids(corpus.source[0]) == std::vector<int32_t>{3, 3});
  CHECK(ids(corpus.target[0]) == std::vector<int32_t>{3, 5});
  CHECK(ids(corpus.source[1]) == std::vector<int32_t>{2});
  CHECK(ids(corpus.target[1]) == std::vector<int32_t>{4, 5});
  CHECK(corpus.source_lines.empty());
}

TEST_CASE("empty and over-long pairs are dropped and counted, with their text", "[data]") {
  const TwoFiles text("a b\n\na b c\na\na b\n", "x y\nx\nx\n \nx y z\n");
  const CorpusOptions options{.src_max_length = 2, .trg_max_length = 2, .keep_text = true};
  const ParallelCorpus corpus = text.load(options);
  CHECK(corpus.lines_read == 5);
  CHECK(corpus.dropped_empty == 2);
  CHECK(corpus.dropped_long == 2);
  CHECK(corpus.size() == 1);
  CHECK(corpus.source_lines == std::vector<std::string>{"a b"});
  CHECK(corpus.target_lines == std::vector<std::string>{"x y"});
}

TEST_CASE("a development set keeps every line", "[data]") {
  const TwoFiles text("a b c d\n\n", "\nx\n");
  const ParallelCorpus corpus = text.load({.drop_empty = false, .keep_text = true});
  CHECK(corpus.size() == 2);
  CHECK(corpus.source_lines == std::vector<std::string>{"a b c d", ""});
}

TEST_CASE("compressed sides are found by the plain name", "[data]") {
  const TwoFiles text("", "x\n");
  std::filesystem::remove(text.files.source);
  write_bytes(text.files.source + ".gz", gzipped("a\n"));
  CHECK(text.load().size() == 1);
}

TEST_CASE("unequal sides are refused with both counts and the line where one ends", "[data]") {
  const TwoFiles shorter_target("a\nb\nc\n", "x\ny\n");
  const auto& files = shorter_target.files;
  CHECK(shorter_target.refusal() ==
        files.target + ":2: ends here, but " + files.source +
            " goes on: 2 lines against 3; line i of one must translate line i of the other");
  const TwoFiles no_source("", "x\n");
  CHECK_THAT(no_source.refusal(), Catch::StartsWith(no_source.files.source + ":0: ends here"));
}

TEST_CASE("a corpus without lines or without a usable pair is refused", "[data]") {
  const TwoFiles nothing("", "");
  CHECK(nothing.refusal() ==
        nothing.files.source + " and " + nothing.files.target + " hold no lines");
  const TwoFiles unusable("a b c\n\n", "x\ny\n");
  CHECK_THAT(unusable.refusal({.src_max_length = 2}),
             Catch::Contains("no pair is left of 2: 1 empty, 1 longer than src_max_length"));
}

TEST_CASE("a missing side is refused by name", "[data]") {
  const TwoFiles text("a\n", "x\n");
  std::filesystem::remove(text.files.target);
  CHECK_THAT(text.refusal(), Catch::StartsWith(text.files.target + ": no such file"));
}

}  // namespace
}  // namespace rondo
