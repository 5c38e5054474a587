#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tokenizers/tokenizer.h"

namespace rondo {

// A text's words, what stands between spaces, and which of them each piece belongs to. Words that
// one piece spans, as a run of unknown ones does, are shown as one.
struct TextWords {
  std::vector<std::string> words{};
  std::vector<int64_t> of_piece{};  // [pieces]
};

// pieces: the spans of the tokenizer's pieces in text, in order.
TextWords words_of_text(const std::string& text, std::span<const TextSpan> pieces);

struct WordWeight {
  std::string word{};
  double weight = 0;
};

struct WordWeights {
  std::vector<WordWeight> words{};
  double rest = 0;  // of what is no word: </s>
};

// The pieces' weights added up to those of their words; weights [pieces], then those of what is no
// word.
WordWeights add_up_words(const TextWords& text, std::span<const double> weights);

}  // namespace rondo
