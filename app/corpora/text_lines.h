#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rondo {

// All lines of a plain or gzipped text, without line ends (LF or CRLF) and byte-order mark.
// Throws DataError naming the path where it cannot be read.
std::vector<std::string> read_text_lines(const std::filesystem::path& path);

}  // namespace rondo
