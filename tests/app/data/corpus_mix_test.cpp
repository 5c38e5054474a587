#include "app/data/corpus_mix.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/errors.h"
#include "tests/app/data/text_files.h"
#include "tests/support/catch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"
#include "tests/tokenizers/small_tokenizer.h"
#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

using Times = std::map<int64_t, int64_t>;  // how often each pair comes

Times times(const std::vector<int64_t>& pairs) {
  Times times;
  for (const int64_t pair : pairs) ++times[pair];
  return times;
}

// Four pairs to learn from, and files for six more.
struct Texts {
  Texts() {
    write_bytes(folder / "main.en", "a b\nc\nd e f\ng\n");
    write_bytes(folder / "main.de", "a\nb c\nd\ne\n");
    write_bytes(folder / "more.en", "a\n\nb\nc\nd\na b c d e f g\n");
    write_bytes(folder / "more.de", "a\nx\nb\nc\nd\ne\n");
    data.train = files("main");
  }

  ParallelFiles files(const std::string& name) const {
    return {folder / (name + ".en"), folder / (name + ".de")};
  }

  CorpusMix load(const CorpusOptions& options = {}) const {
    return load_corpus_mix(data, *small_tokenizer(TokenizerModel::unigram),
                           *small_tokenizer(TokenizerModel::unigram), options);
  }

  TemporaryFolder folder;
  DataOptions data;
};

std::vector<int32_t> ids(std::span<const int32_t> span) { return {span.begin(), span.end()}; }

}  // namespace

TEST_CASE("a weight of one half gives a half of the pairs, and the other half next", "[data]") {
  const auto first = draw_pairs(10, 0.5, 7, 0), second = draw_pairs(10, 0.5, 7, 1);
  CHECK(first.size() == 5);
  std::set<int64_t> both(first.begin(), first.end());
  both.insert(second.begin(), second.end());
  CHECK(both.size() == 10);
}

TEST_CASE("a whole weight gives every pair so many times", "[data]") {
  CHECK(draw_pairs(3, 1, 7, 4) == std::vector<int64_t>{0, 1, 2});
  CHECK(draw_pairs(3, 2, 7, 4) == std::vector<int64_t>{0, 1, 2, 0, 1, 2});
}

TEST_CASE("a mixed weight gives every pair twice and three of ten once more", "[data]") {
  for (int64_t epoch = 0; epoch < 5; ++epoch) {
    const Times seen = times(draw_pairs(10, 2.3, 7, epoch));
    CHECK(seen.size() == 10);
    CHECK(std::ranges::count_if(seen, [](const auto& pair) { return pair.second == 3; }) == 3);
    CHECK(std::ranges::count_if(seen, [](const auto& pair) { return pair.second == 2; }) == 7);
  }
}

TEST_CASE("over many epochs each pair comes as often as its weight says", "[data]") {
  Times seen;
  constexpr int64_t kEpochs = 400;
  for (int64_t epoch = 0; epoch < kEpochs; ++epoch) {
    for (const int64_t pair : draw_pairs(20, 0.35, 3, epoch)) ++seen[pair];
  }
  CHECK(seen.size() == 20);
  for (const auto& [pair, count] : seen) {
    CHECK(static_cast<double>(count) / kEpochs == Approx(0.35).margin(0.05));
  }
}

TEST_CASE("draws come from seed and epoch alone", "[data]") {
  CHECK(draw_pairs(50, 0.3, 7, 3) == draw_pairs(50, 0.3, 7, 3));
  CHECK(draw_pairs(50, 0.3, 7, 3) != draw_pairs(50, 0.3, 8, 3));
  CHECK(draw_pairs(50, 0.3, 7, 3) != draw_pairs(50, 0.3, 7, 6));
}

TEST_CASE("the smallest weight still gives a pair", "[data]") {
  CHECK(draw_pairs(10, 1e-6, 7, 0).size() == 1);
}

TEST_CASE("the training text comes once an epoch, an extra text by its weight", "[data]") {
  Texts texts;
  texts.data.extra = {{.files = texts.files("more"), .weight = 0.5}};
  const CorpusMix mix = texts.load();
  REQUIRE(mix.corpus.size() == 9);  // of the extra text a pair without source is dropped
  CHECK(mix.texts[1].begin == 4);
  CHECK(mix.texts[1].pairs == 5);
  for (int64_t epoch = 0; epoch < 2; ++epoch) {
    const Times seen = times(mix.epoch_pairs(42, epoch));
    for (int64_t pair = 0; pair < 4; ++pair) CHECK(seen.at(pair) == 1);
    CHECK(seen.size() == 4 + 3);
    CHECK(seen.rbegin()->first < 9);
  }
}

TEST_CASE("two extra texts of one size are drawn apart", "[data]") {
  Texts texts;
  const ExtraText more{.files = texts.files("more"), .weight = 0.5};
  texts.data.extra = {more, more};
  const CorpusMix mix = texts.load();
  bool apart = false;
  for (int64_t epoch = 0; epoch < 6; ++epoch) {
    const Times seen = times(mix.epoch_pairs(42, epoch));
    for (int64_t pair = 4; pair < 9; ++pair)
      apart |= seen.contains(pair) != seen.contains(pair + 5);
  }
  CHECK(apart);
}

TEST_CASE("a tag that the vocabulary knows is one piece before every source", "[data]") {
  Texts texts;
  texts.data.extra = {{.files = texts.files("more"), .tag = "<bt>"}};
  TokenizerOptions options =
      small_options(GENERATE(TokenizerModel::unigram, TokenizerModel::bpe,
                             TokenizerModel::character, TokenizerModel::word));
  TokenizerTrainer trainer(options, tags_of(texts.data));
  for (const std::string& line : small_text()) trainer.add(line);
  const auto tokenizer = load_tokenizer(trainer.train());
  const int32_t tag = tokenizer->id("<bt>");
  REQUIRE(tag != kUnkId);
  const CorpusMix mix = load_corpus_mix(texts.data, *tokenizer, *tokenizer, {.keep_text = true});
  for (int64_t pair = 0; pair < mix.corpus.size(); ++pair) {
    auto expected = tokenizer->encode(mix.corpus.source_lines[static_cast<size_t>(pair)]);
    if (pair >= 4) expected.insert(expected.begin(), tag);
    CHECK(ids(mix.corpus.source[pair]) == expected);
    CHECK(ids(mix.corpus.target[pair]) ==
          tokenizer->encode(mix.corpus.target_lines[static_cast<size_t>(pair)]));
  }
  CHECK(mix.texts[1].tag_warning.empty());
}

TEST_CASE("a tag that the vocabulary lacks becomes its pieces, and that is said", "[data]") {
  Texts texts;
  texts.data.extra = {{.files = texts.files("more"), .weight = 2, .tag = "the"}};
  const CorpusMix mix = texts.load();
  const auto pieces = small_tokenizer(TokenizerModel::unigram)->encode("the");
  CHECK(mix.texts[1].tag == pieces);
  const std::vector<std::string> lines = describe(mix);
  REQUIRE(lines.size() == 3);
  CHECK_THAT(lines[1], Catch::Contains("5 of 6 pairs (1 empty and 0 over-long ones dropped)") &&
                           Catch::Contains("weight 2: 10 pairs an epoch, each after the"));
  CHECK_THAT(lines[2], Catch::StartsWith("warning: the vocabulary has no piece the"));
}

TEST_CASE("a tag counts in the length of its source", "[data]") {
  Texts texts;
  texts.data.extra = {{.files = texts.files("more"), .tag = "the"}};
  const auto& tokenizer = *small_tokenizer(TokenizerModel::unigram);
  const auto tag = static_cast<int64_t>(tokenizer.encode("the").size());
  const CorpusMix mix = texts.load({.src_max_length = tag + 1});
  for (int64_t pair = mix.texts[1].begin; pair < mix.corpus.size(); ++pair) {
    CHECK(mix.corpus.source.length(pair) == tag + 1);
  }
  CHECK(mix.texts[1].dropped_long > 0);
}

TEST_CASE("tags are listed once, in their order", "[data]") {
  DataOptions data;
  data.extra = {{.tag = "<web>"}, {.tag = ""}, {.tag = "<bt>"}, {.tag = "<web>"}};
  CHECK(tags_of(data) == std::vector<std::string>{"<web>", "<bt>"});
}

TEST_CASE("an extra text that is missing is refused by its name", "[data]") {
  Texts texts;
  texts.data.extra = {{.files = texts.files("none")}};
  CHECK_THAT(message_of<DataError>([&] { texts.load(); }),
             Catch::Contains("none.en: no such file"));
}

}  // namespace rondo
