#include "app/streaming/kept_tokens.h"

#include <algorithm>
#include <cstdio>

#include "app/errors.h"
#include "app/machine/memory.h"
#include "app/streaming/token_coding.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

constexpr double kSpareRoom = 1.5;  // of the disk, to what the cache is expected to take

bool is_cache(const std::string& name) {
  return name.starts_with("tokens-") && name.ends_with(".cache");
}

}  // namespace

KeptTokens::KeptTokens(const fs::path& folder, const CacheIdentity& identity,
                       uint64_t expected_bytes, std::shared_ptr<News> news)
    : path_(path(folder, identity)),
      identity_(identity),
      expected_bytes_(expected_bytes),
      news_(std::move(news)) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  if (!fs::exists(path_, ignored)) {
    write_anew();
    return;
  }
  try {
    cache_ = std::make_unique<TokenCache>(path_, identity_);
    news_->add("token cache: " + path_.string() + ", " + readable_bytes(cache_->bytes()) +
               ", is read instead of the text");
  } catch (const DataError& error) {
    news_->add(std::string("token cache: ") + error.what() + "; it is made anew");
    write_anew();
  }
}

fs::path KeptTokens::path(const fs::path& folder, const CacheIdentity& identity) {
  char name[40];
  std::snprintf(name, sizeof name, "tokens-%016llx.cache",
                static_cast<unsigned long long>(identity.hash));
  return folder / name;
}

void KeptTokens::write_anew() {
  std::error_code error;
  const fs::space_info space = fs::space(path_.parent_path(), error);
  const auto needed = static_cast<uint64_t>(kSpareRoom * static_cast<double>(expected_bytes_));
  if (!error && space.available < needed) {
    return news_->add("token cache: none, since " + path_.parent_path().string() + " has " +
                      readable_bytes(space.available) + " left, and it would take about " +
                      readable_bytes(expected_bytes_) + "; data.token_cache names another folder");
  }
  try {
    writer_ = std::make_unique<TokenCacheWriter>(path_, identity_);
    news_->add("token cache: " + path_.string() + ", about " + readable_bytes(expected_bytes_) +
               ", is written as the text is first read");
  } catch (const DataError& failure) {
    news_->add(std::string("token cache: none: ") + failure.what());
  }
}

std::optional<ParallelCorpus> KeptTokens::find(int64_t chunk) {
  if (!cache_) return std::nullopt;
  try {
    return decoded_tokens(cache_->chunk(chunk));
  } catch (const DataError& error) {
    news_->add(std::string("token cache: ") + error.what() + "; it is made anew");
    cache_.reset();
    write_anew();
    return std::nullopt;
  }
}

void KeptTokens::keep(int64_t chunk, const ParallelCorpus& tokens) {
  if (!writer_) return;
  try {
    writer_->add(chunk, encoded_tokens(tokens));
    if (!writer_->complete()) return;
    writer_->commit();
    writer_.reset();
    cache_ = std::make_unique<TokenCache>(path_, identity_);
    news_->add("token cache: complete, " + readable_bytes(cache_->bytes()));
  } catch (const DataError& error) {
    writer_.reset();
    news_->add(std::string("token cache: none: ") + error.what());
  }
}

void remove_other_caches(const fs::path& folder, const std::vector<fs::path>& kept, News& news) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const fs::path& path = it->path();
    if (!is_cache(path.filename().string())) continue;
    if (std::ranges::find(kept, path) != kept.end()) continue;
    std::error_code ignored;
    if (!fs::remove(path, ignored)) continue;
    news.add("token cache: " + path.string() +
             " was of another text, tokenizer or setting; removed");
  }
}

}  // namespace rondo
