#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/data/parallel_corpus.h"
#include "app/streaming/news.h"
#include "app/streaming/token_cache.h"

namespace rondo {

// The token cache of one text: read where it is whole, else written as its chunks come. Whatever is
// wrong with it is said once and stops nothing, since the text is there.
class KeptTokens {
 public:
  // expected_bytes: about how large it gets, to see whether the disk has room.
  KeptTokens(const std::filesystem::path& folder, const CacheIdentity& identity,
             uint64_t expected_bytes, std::shared_ptr<News> news);

  static std::filesystem::path path(const std::filesystem::path& folder,
                                    const CacheIdentity& identity);

  std::optional<ParallelCorpus> find(int64_t chunk);  // nothing where it is not kept
  void keep(int64_t chunk, const ParallelCorpus& tokens);

 private:
  void write_anew();

  std::filesystem::path path_;
  CacheIdentity identity_;
  uint64_t expected_bytes_ = 0;
  std::shared_ptr<News> news_;
  std::unique_ptr<TokenCache> cache_;
  std::unique_ptr<TokenCacheWriter> writer_;
};

// Removes the caches of a run's own folder that are not among those kept; says which.
void remove_other_caches(const std::filesystem::path& folder,
                         const std::vector<std::filesystem::path>& kept, News& news);

}  // namespace rondo
