#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace rondo {

// Replaces path by contents, or leaves it as it was: written to a temporary file in the same
// folder, fsynced, renamed, folder fsynced. Throws DataError naming the path.
void write_file_atomically(const std::filesystem::path& path, std::string_view contents);

// The same for contents that come in pieces. Without commit() the temporary file goes away and
// path stays as it was. A link is followed; a device or folder is refused.
class AtomicFile {
 public:
  explicit AtomicFile(const std::filesystem::path& path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(const void* bytes, std::size_t size);
  void write(std::string_view text) { write(text.data(), text.size()); }
  void commit();

 private:
  void fail(int error) const;

  std::filesystem::path path_;       // as the caller named it, for messages
  std::filesystem::path target_;     // links followed
  std::filesystem::path temporary_;  // empty once renamed
  int file_ = -1;
};

// The temporary files of writers of path that were killed; a new writer removes them first.
void remove_abandoned_temporaries(const std::filesystem::path& path);

// Those of all files in a folder, while this process writes none there: one that bears its number
// is then an earlier process's.
void remove_all_temporaries(const std::filesystem::path& folder);

}  // namespace rondo
