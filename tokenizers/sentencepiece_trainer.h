#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizers/options.h"

namespace rondo {

std::string_view name_of(TokenizerModel type);  // "unigram", "bpe", "char", "word"

// Trains a SentencePiece model on the lines given to it. Holds at most `input_sentence_size` lines,
// a uniform sample of all (reservoir sampling, Vitter 1985); lines over 65,000 bytes are left out.
class TokenizerTrainer {
 public:
  // symbols: texts that are one piece each wherever they stand, as <bt>; without spaces, commas or
  // quotes. They count in vocab_size.
  explicit TokenizerTrainer(const TokenizerOptions& options, std::vector<std::string> symbols = {});

  // Any bytes; invalid UTF-8 is replaced.
  void add(std::string_view line);

  // The serialized model: the same lines, options and seed give the same bytes on any machine.
  // Throws TokenizerError: no text, vocab_size too large (and the largest possible) or too small.
  std::string train();

 private:
  void check_text() const;

  TokenizerOptions options_;
  std::vector<std::string> symbols_;
  std::mt19937_64 generator_;
  std::vector<std::string> sample_;
  int64_t lines_seen_ = 0;
};

std::string train_tokenizer(std::span<const std::string> lines, const TokenizerOptions& options);

}  // namespace rondo
