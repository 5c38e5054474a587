#include <fstream>

#include "app/decoding/translator.h"
#include "app/errors.h"
#include "app/storage/model_file.h"
#include "tests/app/decoding/letter_tokenizer.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"
#include "tests/support/errors.h"
#include "tests/support/temporary_folder.h"

namespace rondo {
namespace {

std::shared_ptr<TranslationModel> lettered() {
  auto model = std::make_shared<TranslationModel>();
  model->source_tokenizer = model->target_tokenizer = std::make_shared<LetterTokenizer>();
  model->network = tiny_model(DecoderType::gnmt, model->source_tokenizer->size());
  model->network->eval();
  return model;
}

// Every source piece may become any piece.
std::shared_ptr<const LexicalTable> generous_table(int32_t vocab) {
  LexicalTable table;
  std::vector<LexicalEntry> row;
  for (int32_t id = 0; id < vocab; ++id) row.push_back({id, 1.0F / static_cast<float>(vocab)});
  for (int32_t i = 0; i <= vocab; ++i) table.push_back(row);
  return std::make_shared<LexicalTable>(std::move(table));
}

const std::vector<std::string> kShortLines{"ab cab", "a", "", "cc b, a.", "\xFF b"};

std::vector<std::string> texts_with(std::shared_ptr<TranslationModel> model,
                                    const ShortlistOptions& shortlist) {
  TestingOptions testing{.batch_size = 2};
  testing.shortlist = shortlist;
  const Translator translator(std::move(model), {.testing = testing, .with_attention = true});
  std::vector<std::string> texts;
  for (const auto& found : translator.translate(kShortLines)) texts.push_back(found.front().text);
  return texts;
}

}  // namespace

TEST_CASE("the model's own shortlist of everything translates as no shortlist", "[decoding]") {
  auto model = lettered();
  model->shortlist = generous_table(model->source_tokenizer->size());
  CHECK(texts_with(model, {.table = "model"}) == texts_with(model, {}));
}

TEST_CASE("a narrow shortlist leaves only what it holds", "[decoding]") {
  const TemporaryFolder folder;
  std::ofstream(folder / "lex") << "b a 0.9\nb ▁a 0.8\nb NULL 1\n";
  // With one vocabulary the source's own pieces are listed too.
  const auto texts =
      texts_with(lettered(), {.table = (folder / "lex").string(), .first = 1, .best = 1});
  REQUIRE(texts.size() == kShortLines.size());
  CHECK(texts[2].empty());
  for (const char c : texts[1])
    CHECK_THAT(std::string("ab "), ContainsSubstring(std::string(1, c)));
}

TEST_CASE("a shortlist that is not there gives one line", "[decoding]") {
  CHECK_THAT(message_of<ConfigError>([] { texts_with(lettered(), {.table = "model"}); }),
             ContainsSubstring("testing.shortlist: the model file holds no shortlist"));
  CHECK_THAT(message_of<DataError>([] { texts_with(lettered(), {.table = "/absent"}); }),
             ContainsSubstring("/absent"));
}

}  // namespace rondo
