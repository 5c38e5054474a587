#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace rondo {

// One of several equal parts of an input, which a process of its own works on; their outputs, one
// after the other, are that of the whole.
struct Shard {
  int64_t number = 1, count = 1;  // numbers go from 1 to count

  bool whole() const { return count == 1; }
  bool first() const { return number == 1; }
  bool last() const { return number == count; }
  // The items [begin, end) of so many, counted from 0.
  int64_t begin(int64_t items) const { return items * (number - 1) / count; }
  int64_t end(int64_t items) const { return items * number / count; }

  bool operator==(const Shard&) const = default;
};

// "2/8"; empty = the whole. Throws ConfigError.
Shard parse_shard(const std::string& text);

// Throws ConfigError where a part is asked of standard input, which can be read only once.
void check_shard(const Shard& shard, const std::string& file);

// How many items a source gives.
template <class Item>
int64_t count_items(const std::function<bool(Item&)>& source) {
  int64_t count = 0;
  for (Item item; source(item);) ++count;
  return count;
}

// The items [begin, end) of a source.
template <class Item>
std::function<bool(Item&)> part_of(std::function<bool(Item&)> source, int64_t begin, int64_t end) {
  return [source = std::move(source), begin, end, next = int64_t{0}](Item& item) mutable {
    for (; next < begin; ++next) {
      if (!source(item)) return false;
    }
    return next++ < end && source(item);
  };
}

}  // namespace rondo
