#include "tokenizers/double_array.h"

#include <map>
#include <random>
#include <string_view>

#include "tests/support/catch.h"
#include "tokenizers/tokenizer_error.h"

namespace rondo {
namespace {

// The ids of all keys with which the text begins, by their lengths.
std::map<size_t, int32_t> prefixes(const DoubleArray& trie, std::string_view text) {
  std::map<size_t, int32_t> found;
  size_t cell = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    cell = static_cast<size_t>(trie.base(cell) ^ byte);
    REQUIRE(cell < trie.cells.size());
    if (trie.label(cell) != byte) break;
    if (trie.ids[cell] >= 0) found[i + 1] = trie.ids[cell];
  }
  return found;
}

TEST_CASE("a walk finds every key that begins a text and no other", "[tokenizers]") {
  const DoubleArray trie = build_double_array({{"ab", 7}, {"a", 5}, {"abcd", 0}, {"\xFF", 3}});
  CHECK(prefixes(trie, "abcde") == std::map<size_t, int32_t>{{1, 5}, {2, 7}, {4, 0}});
  CHECK(prefixes(trie, "\xFF\xFF") == std::map<size_t, int32_t>{{1, 3}});
  CHECK(prefixes(trie, "b").empty());
  CHECK(prefixes(trie, std::string_view("\0a", 2)).empty());
}

TEST_CASE("a trie without keys finds nothing", "[tokenizers]") {
  const DoubleArray trie = build_double_array({});
  for (int byte = 0; byte < 256; ++byte) {
    if (byte == DoubleArray::kEmptyLabel) continue;
    CHECK(prefixes(trie, std::string(1, static_cast<char>(byte))).empty());
  }
}

TEST_CASE("random keys are found, and only they", "[tokenizers]") {
  std::mt19937 generator(3);
  const auto word = [&] {
    std::string text(1 + generator() % 6, 'a');
    for (char& byte : text) byte = static_cast<char>("ab\x80\xE2\x01"[generator() % 5]);
    return text;
  };
  std::map<std::string, int32_t> ids;
  while (ids.size() < 500) ids.emplace(word(), static_cast<int32_t>(ids.size()));
  std::vector<DoubleArrayKey> keys;
  for (const auto& [text, id] : ids) keys.push_back({text, id});
  const DoubleArray trie = build_double_array(keys);
  for (int trial = 0; trial < 1000; ++trial) {
    const std::string text = word() + word();
    std::map<size_t, int32_t> expected;
    for (size_t length = 1; length <= text.size(); ++length) {
      const auto found = ids.find(text.substr(0, length));
      if (found != ids.end()) expected[length] = found->second;
    }
    REQUIRE(prefixes(trie, text) == expected);
  }
}

TEST_CASE("keys that a walk could not tell are refused", "[tokenizers]") {
  CHECK_THROWS_AS(build_double_array({{"a", 1}, {"a", 2}}), TokenizerError);
  CHECK_THROWS_AS(build_double_array({{"", 1}}), TokenizerError);
  CHECK_THROWS_AS(build_double_array({{"a\xFE", 1}}), TokenizerError);
  CHECK_THROWS_AS(build_double_array({{std::string("a\0", 2), 1}}), TokenizerError);
}

}  // namespace
}  // namespace rondo
