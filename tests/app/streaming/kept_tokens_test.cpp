// The token cache in the life of a streamed text.
#include "app/streaming/kept_tokens.h"

#include <algorithm>

#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/app/streaming/numbered_pairs.h"
#include "tests/support/catch.h"
#include "tests/support/full_disk.h"

namespace rondo {
namespace {

namespace fs = std::filesystem;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

struct CachedPairs : NumberedPairs {
  explicit CachedPairs(int64_t pairs = 500) : NumberedPairs(pairs) {}

  fs::path run() const { return folder / "run"; }
  // All of an epoch through the cache, and what was said.
  std::string read_epoch(int64_t epoch = 0) const {
    StreamedMix mix = this->mix();
    const std::vector<int32_t> without = epoch_ids(this->mix(), epoch);
    mix.keep_tokens_in(run());
    CHECK(epoch_ids(mix, epoch) == without);
    return joined(mix.news());
  }
  fs::path cache() const {
    for (const auto& entry : fs::directory_iterator(run())) return entry.path();
    return {};
  }
  int64_t caches() const {
    return std::distance(fs::directory_iterator(run()), fs::directory_iterator());
  }
};

}  // namespace

TEST_CASE("what is read once as text is then read from the cache, with equal blocks",
          "[streaming]") {
  const CachedPairs pairs;
  const std::string first = pairs.read_epoch();
  CHECK_THAT(first, ContainsSubstring("is written as the text is first read"));
  CHECK_THAT(first, ContainsSubstring("token cache: complete"));
  REQUIRE(pairs.caches() == 1);
  CHECK_THAT(pairs.read_epoch(3), ContainsSubstring("is read instead of the text"));
  CHECK(pairs.caches() == 1);
}

TEST_CASE("with a cache the text itself is not read again", "[streaming]") {
  const CachedPairs pairs;
  pairs.read_epoch();
  StreamedMix mix = pairs.mix();
  mix.keep_tokens_in(pairs.run());
  fs::remove(pairs.data.train.source);
  CHECK(epoch_ids(mix, 1).size() == 500);
}

TEST_CASE("a cache that a resumed run began in the middle of an epoch is completed in the next",
          "[streaming]") {
  const CachedPairs pairs;
  StreamedMix mix = pairs.mix();
  mix.keep_tokens_in(pairs.run());
  mix.block(0, mix.blocks() - 1);
  CHECK_FALSE(fs::exists(pairs.run() / "tokens"));
  epoch_ids(mix, 1);
  CHECK_THAT(joined(mix.news()), ContainsSubstring("token cache: complete"));
}

TEST_CASE("a broken cache is said and made anew", "[streaming]") {
  const CachedPairs pairs;
  pairs.read_epoch();
  const std::string whole = read_bytes(pairs.cache());
  SECTION("cut short") {
    write_bytes(pairs.cache(), whole.substr(0, whole.size() / 2));
    CHECK_THAT(pairs.read_epoch(), ContainsSubstring("broken or cut short; it is made anew"));
  }
  SECTION("a byte of a chunk changed") {
    std::string changed = whole;
    changed[whole.size() / 3] ^= 1;
    write_bytes(pairs.cache(), changed);
    CHECK_THAT(pairs.read_epoch(), ContainsSubstring("broken; it is made anew"));
  }
  epoch_ids(pairs.mix(), 0);
  CHECK(pairs.caches() == 1);
}

TEST_CASE("a cache of a text, tokenizer or limit that has changed goes from the run's folder",
          "[streaming]") {
  CachedPairs pairs;
  pairs.read_epoch();
  SECTION("text") { write_numbered_pairs(pairs.data.train, 500, 300); }
  SECTION("tokenizer") { pairs.tokenizer->name = "other numbers"; }
  SECTION("cut") { pairs.data.block_size = 128; }
  CHECK_THAT(pairs.read_epoch(), ContainsSubstring("of another text, tokenizer or setting; removed"));
  CHECK(pairs.caches() == 1);
}

TEST_CASE("a folder that many runs share keeps the caches of each", "[streaming]") {
  CachedPairs pairs;
  pairs.data.token_cache = pairs.run();
  pairs.read_epoch();
  pairs.tokenizer->name = "other numbers";
  pairs.read_epoch();
  CHECK(pairs.caches() == 2);
}

TEST_CASE("without room for a cache training goes on, and it is said", "[streaming]") {
  const CachedPairs pairs(5000);
  StreamedMix mix = pairs.mix();
  mix.keep_tokens_in(pairs.run());
  const FullDisk full(4096);
  CHECK(epoch_ids(mix, 0).size() == 5000);
  CHECK_THAT(joined(mix.news()), ContainsSubstring("token cache: none: cannot write"));
  CHECK(pairs.caches() == 0);
}

TEST_CASE("no cache is kept where none is wanted, or where each epoch segments anew",
          "[streaming]") {
  CachedPairs pairs;
  StreamedMix sampling = pairs.mix(true);
  sampling.keep_tokens_in(pairs.run());
  CHECK_THAT(joined(sampling.news()), ContainsSubstring("tokenizer.alpha"));
  pairs.data.token_cache = "none";
  StreamedMix without = pairs.mix();
  without.keep_tokens_in(pairs.run());
  epoch_ids(without, 0);
  CHECK_FALSE(fs::exists(pairs.run()));
}

}  // namespace rondo
