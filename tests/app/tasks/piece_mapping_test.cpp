#include "app/tasks/piece_mapping.h"

#include "tests/support/tensor_checks.h"
#include "tests/tokenizers/handmade_tokenizer.h"
#include "tests/tokenizers/small_tokenizer.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

using Sources = std::vector<std::vector<int32_t>>;

// Ids from 4: "▁walk", "ing", "▁the", "▁", "i", "n", "g", "▁in", "s".
std::shared_ptr<const Tokenizer> old_tokenizer() {
  return handmade_tokenizer(
      std::vector<std::string>{"▁walk", "ing", "▁the", "▁", "i", "n", "g", "▁in", "s"});
}

std::vector<int32_t> mapped(const std::string& text, PieceKind kind = PieceKind::normal) {
  const SentencePiece piece{.text = text, .score = -1, .kind = kind};
  const auto to = handmade_tokenizer(std::vector<SentencePiece>{piece});
  return map_pieces(*old_tokenizer(), *to).sources.at(4);
}

}  // namespace

TEST_CASE("special tokens go to those of their role", "[tasks]") {
  const auto to = handmade_tokenizer(std::vector<std::string>{"é"});
  const PieceMapping mapping = map_pieces(*old_tokenizer(), *to);
  CHECK(mapping.sources == Sources{{0}, {1}, {2}, {3}, {}});
  CHECK(mapping.by_name == 4);
}

TEST_CASE("a piece goes to the old one of its name", "[tasks]") {
  CHECK(mapped("▁the") == std::vector<int32_t>{6});
  CHECK(mapped("▁") == std::vector<int32_t>{7});
}

TEST_CASE("the beginning of a word is cut as one", "[tasks]") {
  CHECK(mapped("▁walking") == std::vector<int32_t>{4, 5});
  CHECK(mapped("▁ins") == std::vector<int32_t>{11, 12});
}

TEST_CASE("the inside of a word is cut as one, not as a word's beginning", "[tasks]") {
  CHECK(mapped("ings") == std::vector<int32_t>{5, 12});
  CHECK(mapped("in") == std::vector<int32_t>{8, 9});  // and not "▁in"
}

TEST_CASE("a piece of two words is cut as both", "[tasks]") {
  CHECK(mapped("▁the▁walk") == std::vector<int32_t>{6, 4});
}

TEST_CASE("what the old tokenizer does not know counts for nothing", "[tasks]") {
  CHECK(mapped("é").empty());
  CHECK(mapped("éé").empty());
  CHECK(mapped("▁walké") == std::vector<int32_t>{4});
  CHECK(mapped("ésé") == std::vector<int32_t>{12});
}

TEST_CASE("symbols and bytes are not cut", "[tasks]") {
  CHECK(mapped("sing", PieceKind::user_defined).empty());
  CHECK(mapped("sing") == std::vector<int32_t>{12, 5});
}

TEST_CASE("coverage counts the pieces of each kind", "[tasks]") {
  const auto to =
      handmade_tokenizer(std::vector<std::string>{"▁walk", "▁walking", "ings", "in", "é"});
  const PieceMapping mapping = map_pieces(*old_tokenizer(), *to);
  CHECK(mapping.sources == Sources{{0}, {1}, {2}, {3}, {4}, {4, 5}, {5, 12}, {8, 9}, {}});
  CHECK(coverage(mapping) == "embeddings: 5 of 9 pieces by name, 3 from their parts, 1 fresh");
}

TEST_CASE("rows are taken, averaged or left as they are", "[tasks]") {
  const PieceMapping mapping{.sources = {{2}, {0, 1}, {}}};
  const auto old = torch::tensor({{1.0F, 2.0F}, {3.0F, 6.0F}, {5.0F, 7.0F}});
  const auto fresh = torch::tensor({{9.0F, 9.0F}, {9.0F, 9.0F}, {9.0F, 8.0F}});
  const auto rows = mapped_rows(mapping, old, fresh);
  CHECK(rows.equal(torch::tensor({{5.0F, 7.0F}, {2.0F, 4.0F}, {9.0F, 8.0F}})));
  CHECK(mapped_rows(mapping, old.select(1, 0), fresh.select(1, 1))
            .equal(torch::tensor({5.0F, 2.0F, 8.0F})));  // a bias
}

TEST_CASE("a vocabulary is mapped to itself by name", "[tasks]") {
  const auto& tokenizer = *small_tokenizer(
      GENERATE(TokenizerModel::unigram, TokenizerModel::bpe, TokenizerModel::character));
  const PieceMapping mapping = map_pieces(tokenizer, tokenizer);
  CHECK(mapping.by_name == tokenizer.size());
  for (int32_t id = 0; id < tokenizer.size(); ++id) {
    CHECK(mapping.sources[static_cast<size_t>(id)] == std::vector<int32_t>{id});
  }
}

TEST_CASE("the parts of a piece spell it, whatever cuts it", "[tasks]") {
  const auto& from = *small_tokenizer(
      GENERATE(TokenizerModel::unigram, TokenizerModel::bpe, TokenizerModel::character));
  const auto& to = *small_tokenizer(TokenizerModel::unigram);
  const PieceMapping mapping = map_pieces(from, to);
  int64_t spelled = 0;
  for (int32_t id = kSpecialTokens; id < to.size(); ++id) {
    std::string text;
    for (const int32_t part : mapping.sources[static_cast<size_t>(id)]) text += from.piece(part);
    CAPTURE(to.piece(id), text);
    CHECK(text == to.piece(id));
    spelled += mapping.sources[static_cast<size_t>(id)].size() > 1;
  }
  CHECK((spelled > 0) == (&from != &to));
}

}  // namespace rondo
