#include "app/streaming/token_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/data/byte_hash.h"
#include "app/errors.h"

namespace rondo {
namespace {

constexpr uint64_t kMagic = 0x314E454B4F544452ULL;  // "RDTOKEN1"

struct Head {
  uint64_t magic = kMagic;
  CacheIdentity identity{};
};

struct Tail {
  uint64_t index_hash = 0;
  uint64_t bytes = 0;  // of the whole file
  uint64_t magic = kMagic;
};

std::string_view bytes_of(const std::vector<CachedChunk>& index) {
  return {reinterpret_cast<const char*>(index.data()), index.size() * sizeof(CachedChunk)};
}

uint64_t hash_of(std::string_view bytes) {
  ByteHash hash;
  hash.add(bytes);
  return hash.value();
}

}  // namespace

TokenCache::TokenCache(const std::filesystem::path& path, const CacheIdentity& identity)
    : path_(path) {
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) throw DataError(path.string() + ": " + std::strerror(errno));
  try {
    open(identity);
  } catch (...) {
    ::close(file_);
    throw;
  }
}

TokenCache::~TokenCache() { ::close(file_); }

void TokenCache::open(const CacheIdentity& identity) {
  struct stat status {};
  if (::fstat(file_, &status) != 0) throw DataError(path_.string() + ": " + std::strerror(errno));
  bytes_ = static_cast<uint64_t>(status.st_size);
  const std::string broken = path_.string() + ": broken or cut short";
  if (bytes_ < sizeof(Head) + sizeof(Tail)) throw DataError(broken);
  Head head;
  Tail tail;
  read(0, &head, sizeof head);
  read(bytes_ - sizeof tail, &tail, sizeof tail);
  if (head.magic != kMagic || tail.magic != kMagic || tail.bytes != bytes_) throw DataError(broken);
  if (head.identity != identity) {
    throw DataError(path_.string() + ": of another text, tokenizer or setting");
  }
  index_.resize(static_cast<size_t>(identity.chunks));
  const uint64_t index_bytes = bytes_of(index_).size();
  if (bytes_ < sizeof head + index_bytes + sizeof tail) throw DataError(broken);
  read(bytes_ - sizeof tail - index_bytes, index_.data(), index_bytes);
  if (hash_of(bytes_of(index_)) != tail.index_hash) throw DataError(broken);
}

void TokenCache::read(uint64_t offset, void* bytes, size_t size) const {
  char* next = static_cast<char*>(bytes);
  while (size > 0) {
    const ssize_t count = ::pread(file_, next, size, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw DataError(path_.string() + ": cannot be read: " + std::strerror(errno));
    if (count == 0) throw DataError(path_.string() + ": cut short");
    next += count;
    offset += static_cast<uint64_t>(count);
    size -= static_cast<size_t>(count);
  }
}

std::string TokenCache::chunk(int64_t number) const {
  const CachedChunk& place = index_.at(static_cast<size_t>(number));
  std::string bytes(place.size, '\0');
  read(place.offset, bytes.data(), bytes.size());
  if (hash_of(bytes) != place.hash) throw DataError(path_.string() + ": broken");
  return bytes;
}

TokenCacheWriter::TokenCacheWriter(const std::filesystem::path& path, const CacheIdentity& identity)
    : file_(path), left_(identity.chunks), index_(static_cast<size_t>(identity.chunks)) {
  const Head head{.identity = identity};
  file_.write(&head, sizeof head);
  bytes_ = sizeof head;
}

void TokenCacheWriter::add(int64_t number, std::string_view bytes) {
  CachedChunk& place = index_.at(static_cast<size_t>(number));
  if (place.offset != 0) return;
  file_.write(bytes);
  place = {.offset = bytes_, .size = bytes.size(), .hash = hash_of(bytes)};
  bytes_ += bytes.size();
  --left_;
}

void TokenCacheWriter::commit() {
  const std::string_view index = bytes_of(index_);
  const Tail tail{.index_hash = hash_of(index), .bytes = bytes_ + index.size() + sizeof(Tail)};
  file_.write(index);
  file_.write(&tail, sizeof tail);
  file_.commit();
}

}  // namespace rondo
