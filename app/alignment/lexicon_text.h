#pragma once

#include <string>

#include "app/alignment/lexical_table.h"
#include "tokenizers/tokenizer.h"

// Marian's text form of a lexical table, as its --shortlist reads: a line "target source
// probability" for each entry. Lines of the source NULL, which Marian passes over, tell the share
// of each target piece in the text.
namespace rondo {

std::string lexicon_text(const LexicalTable& table, const Tokenizer& source,
                         const Tokenizer& target);

// Reads such a file, plain or .gz, in any order of lines. Without NULL lines the first pieces of
// the vocabulary count as the most frequent, as in Marian. Pieces that a vocabulary lacks are
// passed over. Throws DataError naming the line that has another form, or where more lines than
// not name pieces that the vocabularies lack.
LexicalTable read_lexicon(const std::string& path, const Tokenizer& source,
                          const Tokenizer& target);

}  // namespace rondo
