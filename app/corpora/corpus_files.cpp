#include "app/corpora/corpus_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "app/errors.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_to_write(const fs::path& path, int reason) {
  throw DataError(path.string() + ": cannot be written: " + std::strerror(reason));
}

void write_and_sync(const fs::path& path, std::string_view contents) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) fail_to_write(path, errno);
  while (!contents.empty()) {
    const ssize_t written = write(file, contents.data(), contents.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    contents.remove_prefix(size_t(written));
  }
  const bool complete = contents.empty() && fsync(file) == 0;
  const int reason = errno;
  close(file);
  if (!complete) fail_to_write(path, reason);
}

// Files written beside their final names; those not yet renamed go when it does.
class StagedFiles {
 public:
  StagedFiles() = default;
  StagedFiles(const StagedFiles&) = delete;
  StagedFiles& operator=(const StagedFiles&) = delete;

  ~StagedFiles() {
    std::error_code ignored;
    for (const fs::path& path : paths_) fs::remove(staged(path), ignored);
  }

  void add(const fs::path& path, std::string_view contents) {
    paths_.push_back(path);
    write_and_sync(staged(path), contents);
  }

  void commit() {
    for (const fs::path& path : paths_) fs::rename(staged(path), path);
    paths_.clear();
  }

 private:
  static fs::path staged(const fs::path& path) {
    return path.string() + ".tmp" + std::to_string(getpid());
  }

  std::vector<fs::path> paths_;
};

std::string side(const SegmentPairs& pairs, std::string SegmentPair::*text) {
  std::string lines;
  for (const SegmentPair& pair : pairs) lines += pair.*text + '\n';
  return lines;
}

}  // namespace

void write_corpus(const Partition& partition, const CorpusOutput& output) {
  std::error_code error;
  fs::create_directories(output.folder, error);
  if (error) throw DataError(output.folder.string() + ": cannot be made: " + error.message());
  const std::pair<const char*, const SegmentPairs*> parts[] = {
      {"train", &partition.train}, {"dev", &partition.dev}, {"test", &partition.test}};
  StagedFiles files;
  for (const auto& [name, pairs] : parts) {
    const fs::path prefix = output.folder / name;
    files.add(prefix.string() + '.' + output.src_lang, side(*pairs, &SegmentPair::source));
    files.add(prefix.string() + '.' + output.trg_lang, side(*pairs, &SegmentPair::target));
  }
  files.commit();
}

}  // namespace rondo
