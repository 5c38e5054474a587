#include "app/data/word_vectors.h"

#include <random>

#include "app/config/number_text.h"
#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

using Words = std::vector<std::string>;
using Values = std::vector<float>;
using Found = std::vector<uint8_t>;

// A file of word vectors.
class VectorText {
 public:
  explicit VectorText(const std::string& bytes, const std::string& name = "vectors.txt")
      : path((folder_ / name).string()) {
    write_bytes(path, bytes);
  }
  WordVectors read(const Words& words, const WordVectorOptions& options = {}) const {
    return read_word_vectors(path, words, options);
  }
  Values values(const Words& words) const { return read(words).values; }
  std::string refusal(const Words& words = {"a"}) const {
    return message_of<DataError>([&] { read(words); });
  }

 private:
  TemporaryFolder folder_;

 public:
  const std::string path;
};

TEST_CASE("vectors come in the order of the words, zero where the file has none", "[data]") {
  const VectorText file("good 0.5 -1\nbad 2e-1 3\nodd 4 5\n");
  const WordVectors vectors = file.read({"bad", "none", "good"});
  CHECK(vectors.dim == 2);
  CHECK(vectors.values == Values{0.2F, 3, 0, 0, 0.5F, -1});
  CHECK(vectors.found == Found{2, 0, 2});
  CHECK(vectors.found_count() == 2);
  CHECK(word_vector_dim(file.path) == 2);
}

TEST_CASE("a first line that counts words and numbers is no vector", "[data]") {
  const VectorText file("3 2\ngood 1 2\n3 5 6\n", "vectors.vec");
  CHECK(word_vector_dim(file.path) == 2);
  CHECK(file.values({"good", "3"}) == Values{1, 2, 5, 6});
}

TEST_CASE("a first line of a word and whole numbers is a vector", "[data]") {
  CHECK(VectorText("3 2 1\n").values({"3"}) == Values{2, 1});
  CHECK(VectorText("good 2\n").values({"good"}) == Values{2});
}

TEST_CASE("blanks of any kind and number part the fields, and a line may end with one", "[data]") {
  const VectorText file("2 2 \ngood\t1  2 \nbad 3\t4\t\r\n\n");
  CHECK(file.values({"good", "bad"}) == Values{1, 2, 3, 4});
}

TEST_CASE("gzip is read, and a last line without a line end", "[data]") {
  CHECK(VectorText(gzipped("a 1 2\nb 3 4"), "v.txt.gz").values({"b"}) == Values{3, 4});
}

TEST_CASE("a word that the file lacks is taken in lower case", "[data]") {
  const WordVectors vectors = VectorText("good 1\nbad 2\n").read({"Good", "BAD", "good", "Odd"});
  CHECK(vectors.values == Values{1, 2, 1, 0});
  CHECK(vectors.found == Found{1, 1, 2, 0});
}

TEST_CASE("the word as it stands wins, wherever the file has it", "[data]") {
  for (const char* text : {"good 1\nGood 2\n", "Good 2\ngood 1\n"}) {
    const WordVectors vectors = VectorText(text).read({"Good", "GOOD"});
    CHECK(vectors.values == Values{2, 1});
    CHECK(vectors.found == Found{2, 1});
  }
}

TEST_CASE("no word is taken in upper case", "[data]") {
  CHECK(VectorText("Good 1\nbad 2\n").values({"good", "bad"}) == Values{0, 2});
}

TEST_CASE("the first of several lines for one word counts", "[data]") {
  CHECK(VectorText("a 1\na 2\nA 3\nA 4\n").values({"a", "A", "a"}) == Values{1, 3, 1});
  CHECK(VectorText("a 1\na 2\n").values({"A"}) == Values{1});
}

TEST_CASE("lower case beyond A to Z is the caller's", "[data]") {
  const VectorText file("\xC3\xA9t\xC3\xA9 1\nx 2\n");
  const Words words{"\xC3\x89T\xC3\x89", "X"};
  CHECK(file.read(words).found == Found{0, 1});
  const auto lower_case = [](std::string_view word) {
    return std::string(word == "X" ? "x" : "\xC3\xA9t\xC3\xA9");
  };
  CHECK(file.read(words, {.lower_case = lower_case}).found == Found{1, 1});
}

TEST_CASE("a word of the file may hold blanks or be none, and then fits no word", "[data]") {
  const VectorText file("a 1 2\n. . . 3 4\nat name@domain.com 5 6\n 7 8\n\xC2\xA0 9 10\nb 11 12\n");
  const WordVectors vectors = file.read({".", "at", "name@domain.com", "a", "b"});
  CHECK(vectors.found == Found{0, 0, 0, 2, 2});
  CHECK(vectors.values == Values{0, 0, 0, 0, 0, 0, 1, 2, 11, 12});
}

TEST_CASE("a line with other than the usual count of numbers is refused", "[data]") {
  const VectorText few("a 1 2\nb 3\n");
  CHECK(few.refusal() == few.path + ":2: has 1 number; the vectors have 2");
  const VectorText many("a 1 2\nb 3 4 5\n");
  CHECK(many.refusal() == many.path + ":2: has 3 numbers; the vectors have 2");
  const VectorText promised("2 3\n\na 1 2\n");
  CHECK(promised.refusal() == promised.path + ":3: has 2 numbers; the vectors have 3");
  const VectorText none("a 1 2\nb\n");
  CHECK(none.refusal() == none.path + ":2: has 0 numbers; the vectors have 2");
}

TEST_CASE("a count of numbers that no line keeps takes no memory", "[data]") {
  const VectorText file("2 1000000000000000000\na 1 2\n");
  CHECK(file.refusal() == file.path + ":2: has 2 numbers; the vectors have 1000000000000000000");
}

TEST_CASE("what is no number is refused in the vector of a word asked for", "[data]") {
  for (const std::string wrong : {"x", "1,5", "nan", "inf", "1e99", "1x"}) {
    const VectorText file("a 1 2\nb 3 " + wrong + "\n");
    CHECK(file.refusal({"a", "b"}) == file.path + ":2: '" + wrong + "' is not a number");
    CHECK(file.values({"a"}) == Values{1, 2});
  }
}

TEST_CASE("a number too small for a float is zero", "[data]") {
  CHECK(VectorText("a 1e-60 -1e-300\n").values({"a"}) == Values{0, 0});
}

TEST_CASE("a file without vectors, or with none that is wanted, is refused", "[data]") {
  const VectorText empty(""), blank("\n \n"), header("0 300\n"), word("good\n"), other("b 1\n");
  CHECK(empty.refusal() == empty.path + ": is empty");
  CHECK(blank.refusal() == blank.path + ": is empty");
  CHECK(word.refusal() == word.path + ":1: has no numbers after the word");
  const std::string none = ": has a vector for none of the words looked up ";
  CHECK(header.refusal() == header.path + none + "(1)");
  CHECK(other.refusal({"a", "c"}) == other.path + none + "(2)");
}

TEST_CASE("binary vectors are known by their name", "[data]") {
  for (const char* name : {"v.bin", "v.bin.gz"}) {
    const VectorText file("1 1\na \x01\x02", name);
    CHECK(file.refusal() == file.path +
                                ": by its name holds binary vectors; text is wanted, a "
                                "word and its numbers a line");
  }
}

TEST_CASE("a missing file of vectors is refused by name", "[data]") {
  const TemporaryFolder folder;
  const std::string path = (folder / "missing.vec").string();
  CHECK(message_of<DataError>([&] { word_vector_dim(path); }) ==
        path + ": cannot be opened: No such file or directory");
}

TEST_CASE("every number of a large file comes back", "[data]") {
  constexpr int kWords = 500, kDim = 50;
  std::mt19937 generator(3);
  std::string bytes = "500 50\n";
  Words words;
  Values values;
  for (int word = 0; word < kWords; ++word) {
    words.push_back("w" + std::to_string(word));
    bytes += words.back();
    for (int i = 0; i < kDim; ++i) {
      values.push_back(static_cast<float>(generator()) / 1e9F - 2);
      bytes += " " + number_text(values.back());
    }
    bytes += " \n";
  }
  CHECK(VectorText(bytes).values(words) == values);
}

}  // namespace
}  // namespace rondo
