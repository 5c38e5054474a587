#pragma once

#include <cstdint>
#include <memory>
#include <mutex>

#include "app/data/line_reader.h"
#include "app/data/options.h"
#include "app/data/parallel_corpus.h"
#include "app/data/text_scan.h"

namespace rondo {

// A parallel text of any size, of which a chunk of neighbouring pairs is in memory at a time. Both
// files are passed over once, when it is made, to count and compare their lines.
class ChunkedText {
 public:
  // Throws DataError as load_parallel_corpus does of the files.
  ChunkedText(const ParallelFiles& files, int64_t chunk_pairs);

  int64_t pairs() const { return source_.scan.lines; }
  int64_t chunks() const { return (pairs() + chunk_pairs_ - 1) / chunk_pairs_; }
  int64_t bytes() const { return source_.scan.bytes + target_.scan.bytes; }
  uint64_t hash() const;  // of both texts and of how they are cut
  // Whether any chunk costs the same to read. Where not, because a file is compressed, they are
  // read fast in ascending order; to go back is to begin at the front.
  bool any_order() const { return !source_.scan.compressed && !target_.scan.compressed; }

  // From any thread, one at a time. Throws DataError where a file is no longer what it was.
  ParallelLines read(int64_t chunk) const;

 private:
  struct Side {
    TextScan scan{};
    std::unique_ptr<LineReader> reader{};  // of a compressed file
    int64_t next_chunk = 0;                // that the reader stands at
  };

  std::vector<std::string> read(Side& side, int64_t chunk) const;
  int64_t lines_of(int64_t chunk) const;

  int64_t chunk_pairs_;
  mutable Side source_, target_;
  mutable std::mutex mutex_;
};

}  // namespace rondo
