#pragma once

#include <iosfwd>

#include "app/data/line_reader.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

enum class TokenForm { pieces, ids };

// One line of tokens, separated by blanks, for each line of text.
void encode_lines(LineReader& text, const Tokenizer& tokenizer, TokenForm form, std::ostream& out);

// One line of text for each line of tokens. Throws DataError with file:line for a token that is
// none of the tokenizer's.
void decode_lines(LineReader& tokens, const Tokenizer& tokenizer, TokenForm form,
                  std::ostream& out);

}  // namespace rondo
