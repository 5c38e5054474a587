#include "app/data/line_coding.h"

#include <charconv>
#include <ostream>
#include <vector>

#include "app/errors.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

std::vector<std::string> split_at_blanks(const std::string& line) {
  std::vector<std::string> words;
  size_t begin = 0;
  while ((begin = line.find_first_not_of(' ', begin)) != std::string::npos) {
    const size_t end = std::min(line.find(' ', begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

// The id that a word spells, or -1.
int32_t parse_id(const std::string& word, const Tokenizer& tokenizer) {
  int32_t id = -1;
  const char* end = word.data() + word.size();
  const auto parsed = std::from_chars(word.data(), end, id);
  const bool whole = parsed.ec == std::errc() && parsed.ptr == end;
  return whole && id >= 0 && id < tokenizer.size() ? id : -1;
}

// The id of a piece, or -1.
int32_t parse_piece(const std::string& word, const Tokenizer& tokenizer) {
  const int32_t id = tokenizer.id(word);
  return id == kUnkId && word != kUnkPiece ? -1 : id;
}

// The ids of one line of tokens.
std::vector<int32_t> parse_tokens(const std::string& line, const LineReader& reader,
                                  const Tokenizer& tokenizer, TokenForm form) {
  std::vector<int32_t> ids;
  for (const std::string& word : split_at_blanks(line)) {
    const int32_t id =
        form == TokenForm::ids ? parse_id(word, tokenizer) : parse_piece(word, tokenizer);
    if (id < 0) {
      throw DataError(reader.path() + ":" + std::to_string(reader.line_number()) + ": \"" + word +
                      (form == TokenForm::ids ? "\" is no id" : "\" is no piece") +
                      " of this tokenizer, which has " + std::to_string(tokenizer.size()));
    }
    ids.push_back(id);
  }
  return ids;
}

void write_tokens(const std::vector<int32_t>& ids, const Tokenizer& tokenizer, TokenForm form,
                  std::ostream& out) {
  const char* separator = "";
  for (const int32_t id : ids) {
    out << separator;
    separator = " ";
    if (form == TokenForm::ids) {
      out << id;
    } else {
      out << tokenizer.piece(id);
    }
  }
  out << '\n';
}

// Whoever types the lines sees each answer at once; a file is written in blocks.
void flush_before_waiting(const LineReader& reader, std::ostream& out) {
  if (!reader.ready()) out.flush();
}

}  // namespace

void encode_lines(LineReader& text, const Tokenizer& tokenizer, TokenForm form, std::ostream& out) {
  std::string line;
  while (text.next(line)) {
    write_tokens(tokenizer.encode(line), tokenizer, form, out);
    flush_before_waiting(text, out);
  }
}

void decode_lines(LineReader& tokens, const Tokenizer& tokenizer, TokenForm form,
                  std::ostream& out) {
  std::string line;
  while (tokens.next(line)) {
    out << tokenizer.decode(parse_tokens(line, tokens, tokenizer, form)) << '\n';
    flush_before_waiting(tokens, out);
  }
}

}  // namespace rondo
