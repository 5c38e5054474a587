#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizers/double_array.h"
#include "tokenizers/sentencepiece_tables.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

inline constexpr std::string_view kSpaceText = "\xE2\x96\x81";  // U+2581

// Text with the byte 0xFF in place of U+2581.
std::string with_space_bytes(std::string text);

bool is_one_character(std::string_view text);

// Whether text may become the piece: it is normal or user-defined.
bool is_text(const SentencePiece& piece);

// The pieces that text may become (for characters, those of one character) and user-defined
// symbols.
DoubleArray piece_trie(const SentencePieceTables& model);

// User-defined symbols only.
DoubleArray symbol_trie(const SentencePieceTables& model);

// Unigram scores as SentencePiece computes them: a user-defined symbol wins against its parts. At
// the id of <unk>, the score of an unknown character: 10 less than that of the worst piece.
std::vector<double> unigram_scores(const SentencePieceTables& model);

// Of each piece that merges make, the place of its score among all, equal ones in one place; else
// -1.
std::vector<int32_t> merge_ranks(const SentencePieceTables& model);

bool has_space_inside(const SentencePieceTables& model);

// Pieces that are a word and to which the word merges: most words of a text, found at once.
std::vector<int32_t> whole_words(const SentencePieceTables& model, const Tokenizer& tokenizer);

}  // namespace rondo
