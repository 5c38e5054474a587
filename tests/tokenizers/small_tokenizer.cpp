#include "tests/tokenizers/small_tokenizer.h"

#include <fstream>
#include <map>
#include <stdexcept>

#include "tokenizers/sentencepiece_tokenizer.h"
#include "tokenizers/sentencepiece_trainer.h"

namespace rondo {
namespace {

std::vector<std::string> read_text() {
  std::ifstream in(RONDO_REFERENCE_DIR "/tokenizer_text.txt");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  if (lines.empty()) throw std::runtime_error("tests/reference/tokenizer_text.txt is missing");
  return lines;
}

}  // namespace

const std::vector<std::string>& small_text() {
  static const std::vector<std::string> lines = read_text();
  return lines;
}

TokenizerOptions small_options(TokenizerModel type) {
  static const std::map<TokenizerModel, int64_t> sizes = {{TokenizerModel::unigram, 380},
                                                          {TokenizerModel::bpe, 500},
                                                          {TokenizerModel::character, 1000},
                                                          {TokenizerModel::word, 100}};
  return {.model_type = type, .vocab_size = sizes.at(type)};
}

std::shared_ptr<const Tokenizer> small_tokenizer(TokenizerModel type) {
  static std::map<TokenizerModel, std::shared_ptr<const Tokenizer>> trained;
  auto& tokenizer = trained[type];
  if (!tokenizer) tokenizer = load_tokenizer(train_tokenizer(small_text(), small_options(type)));
  return tokenizer;
}

}  // namespace rondo
