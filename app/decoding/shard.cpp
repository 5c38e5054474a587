#include "app/decoding/shard.h"

#include <charconv>

#include "app/errors.h"

namespace rondo {

Shard parse_shard(const std::string& text) {
  if (text.empty()) return {};
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, shard.number);
  const bool slash = number.ec == std::errc() && number.ptr != end && *number.ptr == '/';
  const auto count = slash ? std::from_chars(number.ptr + 1, end, shard.count) : number;
  const bool read = slash && count.ec == std::errc() && count.ptr == end;
  if (read && shard.count >= 1 && shard.number >= 1 && shard.number <= shard.count) return shard;
  throw ConfigError("--shard " + text + ": write NUMBER/COUNT, as 1/4, 2/4, 3/4 and 4/4");
}

void check_shard(const Shard& shard, const std::string& file) {
  if (shard.whole() || file != "-") return;
  throw ConfigError("--shard: needs a file to take a part of; standard input is read only once");
}

}  // namespace rondo
