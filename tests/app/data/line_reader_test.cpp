#include "app/data/line_reader.h"

#include <unistd.h>

#include <random>

#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& bytes) {
  const TemporaryFolder folder;
  write_bytes(folder / "text", bytes);
  return read_lines((folder / "text").string());
}

std::string read_failure(const std::string& path) {
  return message_of<DataError>([&] { read_lines(path); });
}

std::string random_bytes(size_t size, uint32_t seed) {
  std::mt19937 generator(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(generator());
  return bytes;
}

TEST_CASE("a line ends at its line feed, and the last one needs none", "[data]") {
  CHECK(lines_of("") == Lines{});
  CHECK(lines_of("\n") == Lines{""});
  CHECK(lines_of("a\nb\n") == Lines{"a", "b"});
  CHECK(lines_of("a\n\nb") == Lines{"a", "", "b"});
}

TEST_CASE("a carriage return goes where a line feed follows, and stays elsewhere", "[data]") {
  CHECK(lines_of("a\r\nb\r\r\n\r\nc\rd\r") == Lines{"a", "b\r", "", "c\rd\r"});
}

TEST_CASE("no other character ends a line, and every byte is kept", "[data]") {
  const std::string odd = "a\xE2\x80\xA8z\x0B\x0C\x1C\xC2\x85\xFF";
  CHECK(lines_of(odd + "\n") == Lines{odd});
  CHECK(lines_of(std::string("a\0b\n", 4)) == Lines{std::string("a\0b", 3)});
  CHECK(lines_of("\xEF\xBB\xBF\x61\n") == Lines{"\xEF\xBB\xBF\x61"});
}

TEST_CASE("a line may be longer than any buffer", "[data]") {
  const std::string line(1'000'000, 'x');
  CHECK(lines_of(line + "\n" + line) == Lines{line, line});
  CHECK(lines_of(std::string(65'535, 'x') + "\r\ny") == Lines{std::string(65'535, 'x'), "y"});
}

TEST_CASE("gzip is known by its first bytes, whatever the name", "[data]") {
  CHECK(lines_of(gzipped("a\nb\n")) == Lines{"a", "b"});
  CHECK(lines_of(gzipped("")) == Lines{});
  CHECK(lines_of("\x1f") == Lines{"\x1f"});
  CHECK(lines_of("\x1f\x8a") == Lines{"\x1f\x8a"});
}

TEST_CASE("gzip members joined end to end are one text", "[data]") {
  CHECK(lines_of(gzipped("a\nb") + gzipped("c\n")) == Lines{"a", "bc"});
}

TEST_CASE("random bytes read the same from a file and from gzip", "[data]") {
  for (uint32_t seed = 0; seed < 10; ++seed) {
    std::string bytes = random_bytes(30'000 * seed, seed);
    if (!bytes.empty()) bytes[0] = 'x';
    CHECK(lines_of(gzipped(bytes)) == lines_of(bytes));
  }
}

TEST_CASE("a gzip file that is cut short or damaged is refused by name", "[data]") {
  const TemporaryFolder folder;
  const std::string path = (folder / "text.gz").string();
  const std::string packed = gzipped(random_bytes(100'000, 1));
  for (const size_t size : {size_t{2}, size_t{15}, packed.size() / 2, packed.size() - 1}) {
    write_bytes(path, packed.substr(0, size));
    CHECK(read_failure(path) == path + ": the gzip file is cut short");
  }
  std::string damaged = packed;
  damaged[damaged.size() - 6] ^= 1;  // in the checksum
  write_bytes(path, damaged);
  CHECK(read_failure(path) == path + ": the gzip file is damaged");
}

TEST_CASE("a missing file and a folder are refused by name", "[data]") {
  const TemporaryFolder folder;
  const std::string missing = (folder / "missing").string();
  CHECK(read_failure(missing) == missing + ": cannot be opened: No such file or directory");
  CHECK(read_failure(folder.path().string()) ==
        folder.path().string() + ": cannot be read: Is a directory");
}

TEST_CASE("lines are numbered from one", "[data]") {
  const TemporaryFolder folder;
  write_bytes(folder / "text", "a\nb\n");
  LineReader reader((folder / "text").string());
  std::string line;
  CHECK(reader.line_number() == 0);
  CHECK(reader.next(line));
  CHECK(reader.line_number() == 1);
  CHECK(reader.next(line));
  CHECK_FALSE(reader.next(line));
  CHECK(reader.line_number() == 2);
}

// Standard input becomes a pipe while it lives; the test writes into the other end.
class PipedInput {
 public:
  PipedInput() : saved_(::dup(STDIN_FILENO)) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    ::dup2(ends[0], STDIN_FILENO);
    ::close(ends[0]);
    writer_ = ends[1];
  }
  ~PipedInput() {
    close();
    ::dup2(saved_, STDIN_FILENO);
    ::close(saved_);
  }
  void write(const std::string& bytes) const {
    if (::write(writer_, bytes.data(), bytes.size()) < 0) throw std::runtime_error("no write");
  }
  void close() {
    if (writer_ >= 0) ::close(writer_);
    writer_ = -1;
  }

 private:
  int saved_ = -1, writer_ = -1;
};

TEST_CASE("a pipe's first line is there before its second is written", "[data]") {
  PipedInput input;
  LineReader reader("-");
  std::string line;
  CHECK_FALSE(reader.ready());
  input.write("first\nsec");
  CHECK(reader.ready());
  CHECK(reader.next(line));
  CHECK(line == "first");
  CHECK_FALSE(reader.ready());
  input.write("ond\n");
  CHECK(reader.ready());
  CHECK(reader.next(line));
  CHECK(line == "second");
  input.close();
  CHECK(reader.ready());
  CHECK_FALSE(reader.next(line));
}

TEST_CASE("gzip through a pipe is decompressed even when its bytes come one by one", "[data]") {
  PipedInput input;
  const std::string packed = gzipped("a\nb\n");
  input.write(packed.substr(0, 1));
  LineReader reader("-");
  input.write(packed.substr(1));
  input.close();
  std::string line;
  CHECK(reader.next(line));
  CHECK(line == "a");
}

TEST_CASE("a text is found under its own name or with .gz", "[data]") {
  const TemporaryFolder folder;
  const std::string path = (folder / "train.en").string();
  CHECK(message_of<DataError>([&] { existing_text_file(path); }) ==
        path + ": no such file, nor " + path + ".gz");
  write_bytes(path + ".gz", gzipped("a\n"));
  CHECK(existing_text_file(path) == path + ".gz");
  write_bytes(path, "a\n");
  CHECK(existing_text_file(path) == path);
  CHECK(existing_text_file("-") == "-");
}

}  // namespace
}  // namespace rondo
