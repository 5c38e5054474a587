#include "app/corpora/text_lines.h"

#include <zlib.h>

#include <array>
#include <memory>
#include <string_view>

#include "app/errors.h"

namespace rondo {
namespace {

// zlib reads a file that is not gzipped as it is.
std::string read_whole(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) throw DataError(path.string() + ": no such file");
  if (std::filesystem::is_directory(path)) throw DataError(path.string() + ": is a folder");
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
  if (!file) throw DataError(path.string() + ": cannot be opened");
  std::string text;
  std::array<char, 1 << 16> block;
  int got = 0;
  while ((got = gzread(file.get(), block.data(), block.size())) > 0) text.append(block.data(), got);
  int status = Z_OK;
  const char* reason = gzerror(file.get(), &status);
  if (status < 0) throw DataError(path.string() + ": cannot be read: " + reason);
  return text;
}

}  // namespace

std::vector<std::string> read_text_lines(const std::filesystem::path& path) {
  const std::string text = read_whole(path);
  std::string_view rest = text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  std::vector<std::string> lines;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return lines;
}

}  // namespace rondo
