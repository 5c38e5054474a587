#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/storage/atomic_file.h"

namespace rondo {

// Of what a cache must be: of which text, tokenizers and settings, and into how many chunks cut.
struct CacheIdentity {
  uint64_t hash = 0;
  int64_t chunks = 0;

  bool operator==(const CacheIdentity&) const = default;
};

// Where the bytes of a chunk lie in the file.
struct CachedChunk {
  uint64_t offset = 0, size = 0;
  uint64_t hash = 0;
};

// A file of chunks of any bytes, each read where it lies (pread), so that what is resident does not
// grow with the file. Layout, in the machine's own byte order: identity | chunks | index | tail.
class TokenCache {
 public:
  // Throws DataError that says what is wrong: not there, of another identity, broken, cut short.
  TokenCache(const std::filesystem::path& path, const CacheIdentity& identity);
  ~TokenCache();
  TokenCache(const TokenCache&) = delete;
  TokenCache& operator=(const TokenCache&) = delete;

  // Of any thread. Throws DataError where its bytes are not those written.
  std::string chunk(int64_t number) const;
  uint64_t bytes() const { return bytes_; }

 private:
  void open(const CacheIdentity& identity);
  void read(uint64_t offset, void* bytes, size_t size) const;

  std::filesystem::path path_;
  int file_ = -1;
  uint64_t bytes_ = 0;
  std::vector<CachedChunk> index_;
};

// Writes such a file aside, its chunks in any order; in its place it is only when complete.
class TokenCacheWriter {
 public:
  // Throws DataError where it cannot be written, as each of the functions does.
  TokenCacheWriter(const std::filesystem::path& path, const CacheIdentity& identity);

  // A chunk that was added before is left out.
  void add(int64_t number, std::string_view bytes);
  bool complete() const { return left_ == 0; }
  // Puts a complete file in its place, safe on disk.
  void commit();

 private:
  AtomicFile file_;
  uint64_t bytes_ = 0;
  int64_t left_ = 0;  // chunks not yet added
  std::vector<CachedChunk> index_;
};

}  // namespace rondo
