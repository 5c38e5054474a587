#pragma once

#include <filesystem>
#include <string>

namespace rondo {

void write_bytes(const std::filesystem::path& path, const std::string& bytes);

std::string gzipped(const std::string& bytes);  // one gzip member

}  // namespace rondo
