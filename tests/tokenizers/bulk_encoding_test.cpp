#include "tokenizers/bulk_encoding.h"

#include "tests/support/catch.h"
#include "tests/tokenizers/small_tokenizer.h"
#include "tokenizers/sentencepiece_tokenizer.h"

namespace rondo {
namespace {

std::vector<std::string> many_lines() {
  std::vector<std::string> lines;
  for (int i = 0; i < 10; ++i) {
    lines.insert(lines.end(), small_text().begin(), small_text().end());
    lines.emplace_back();
  }
  return lines;
}

std::shared_ptr<const Tokenizer> sampling_tokenizer(TokenizerModel type) {
  TokenizerOptions options = small_options(type);
  options.alpha = 0.3;
  return load_tokenizer(small_tokenizer(type)->serialized(), options);
}

TEST_CASE("a token table returns each line's ids", "[tokenizers]") {
  TokenTable table;
  table.push_back(std::vector<int32_t>{5, 6});
  table.push_back({});
  TokenTable more;
  more.push_back(std::vector<int32_t>{7});
  table.append(more);
  REQUIRE(table.size() == 3);
  CHECK(table.tokens() == 3);
  CHECK(table.length(0) == 2);
  CHECK(table[1].empty());
  CHECK(table[2][0] == 7);
}

TEST_CASE("many threads give the ids of one, in order", "[tokenizers]") {
  const auto tokenizer = small_tokenizer(TokenizerModel::unigram);
  const std::vector<std::string> lines = many_lines();
  const TokenTable one = encode_all(*tokenizer, lines, 1);
  CHECK(encode_all(*tokenizer, lines, 5) == one);
  REQUIRE(one.size() == static_cast<int64_t>(lines.size()));
  const auto ids = tokenizer->encode(lines[100]);
  CHECK(std::vector<int32_t>(one[100].begin(), one[100].end()) == ids);
  CHECK(encode_all(*tokenizer, {}).size() == 0);
}

TEST_CASE("sampled segmentations are a function of seed and epoch", "[tokenizers]") {
  for (const TokenizerModel type : {TokenizerModel::unigram, TokenizerModel::bpe}) {
    const auto tokenizer = sampling_tokenizer(type);
    const std::vector<std::string> lines = many_lines();
    const TokenTable first = encode_all_sampled(*tokenizer, lines, 42, 1);
    const TokenTable second_epoch = encode_all_sampled(*tokenizer, lines, 42, 2);
    CHECK(encode_all_sampled(*tokenizer, lines, 42, 1) == first);
    CHECK_FALSE(second_epoch == first);
    CHECK_FALSE(encode_all_sampled(*tokenizer, lines, 43, 1) == first);
    for (int64_t i = 0; i < first.size(); ++i) REQUIRE(tokenizer->decode(first[i]) == lines[i]);
  }
}

TEST_CASE("sampling spells the text in more pieces than the best segmentation", "[tokenizers]") {
  const auto tokenizer = sampling_tokenizer(TokenizerModel::bpe);
  const std::vector<std::string> lines = many_lines();
  CHECK(encode_all_sampled(*tokenizer, lines, 1, 1).tokens() >
        encode_all(*tokenizer, lines).tokens());
}

}  // namespace
}  // namespace rondo
