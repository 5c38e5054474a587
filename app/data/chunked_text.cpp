#include "app/data/chunked_text.h"

#include <algorithm>
#include <future>

#include "app/data/byte_hash.h"
#include "app/errors.h"

namespace rondo {
namespace {

[[noreturn]] void report_changed(const std::string& path) {
  throw DataError(path + ": has changed since training began to read it; start again");
}

std::vector<std::string> next_lines(LineReader& reader, int64_t count) {
  std::vector<std::string> lines(static_cast<size_t>(count));
  for (std::string& line : lines) {
    if (!reader.next(line)) report_changed(reader.path());
  }
  return lines;
}

void skip_lines(LineReader& reader, int64_t count) {
  std::string line;
  for (; count > 0 && reader.next(line); --count) continue;
}

}  // namespace

ChunkedText::ChunkedText(const ParallelFiles& files, int64_t chunk_pairs)
    : chunk_pairs_(chunk_pairs) {
  const std::string source_path = existing_text_file(files.source);
  const std::string target_path = existing_text_file(files.target);
  auto target = std::async(std::launch::async, scan_text, target_path, chunk_pairs);
  source_.scan = scan_text(source_path, chunk_pairs);
  target_.scan = target.get();
  check_line_counts(source_path, source_.scan.lines, target_path, target_.scan.lines);
}

uint64_t ChunkedText::hash() const {
  ByteHash hash;
  for (const Side* side : {&source_, &target_}) hash.add(side->scan.hash);
  hash.add(static_cast<uint64_t>(chunk_pairs_));
  return hash.value();
}

int64_t ChunkedText::lines_of(int64_t chunk) const {
  return std::min(chunk_pairs_, pairs() - chunk * chunk_pairs_);
}

ParallelLines ChunkedText::read(int64_t chunk) const {
  const std::lock_guard lock(mutex_);
  return {read(source_, chunk), read(target_, chunk)};
}

std::vector<std::string> ChunkedText::read(Side& side, int64_t chunk) const {
  const std::string& path = side.scan.path;
  if (size_of_file(path) != side.scan.file_size) report_changed(path);
  if (!side.scan.compressed) {
    LineReader reader(path, side.scan.chunks[static_cast<size_t>(chunk)]);
    return next_lines(reader, lines_of(chunk));
  }
  if (!side.reader || chunk < side.next_chunk) {
    side.reader = std::make_unique<LineReader>(path);
    side.next_chunk = 0;
  }
  skip_lines(*side.reader, (chunk - side.next_chunk) * chunk_pairs_);
  side.next_chunk = chunk + 1;
  return next_lines(*side.reader, lines_of(chunk));
}

}  // namespace rondo
