#pragma once

#include <filesystem>
#include <string_view>

namespace rondo {

// Replaces path by contents, or leaves it as it was: written to a temporary file in the same
// folder, fsynced, renamed, folder fsynced. Throws DataError naming the path.
void write_file_atomically(const std::filesystem::path& path, std::string_view contents);

}  // namespace rondo
