#include "app/alignment/lexicon_text.h"

#include <charconv>
#include <string_view>
#include <vector>

#include "app/data/line_reader.h"
#include "app/errors.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

constexpr std::string_view kNoSource = "NULL";

std::string number_of(float value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

// "target source probability", cut at spaces.
struct LexiconLine {
  std::string_view target, source;
  float probability = 0;
};

bool read_line(std::string_view line, LexiconLine& result) {
  const size_t first = line.find_first_of(" \t");
  const size_t last = line.find_last_of(" \t");
  if (first == std::string_view::npos || first == 0 || last <= first + 1) return false;
  result.target = line.substr(0, first);
  result.source = line.substr(first + 1, last - first - 1);
  if (result.source.find_first_of(" \t") != std::string_view::npos) return false;
  const std::string_view number = line.substr(last + 1);
  const char* const end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, result.probability);
  return error == std::errc() && stop == end && result.probability >= 0 && result.probability <= 1;
}

// -1 for what is none of the vocabulary's pieces.
int32_t id_of(std::string_view piece, const Tokenizer& tokenizer) {
  const int32_t id = tokenizer.id(piece);
  return id != kUnkId || piece == kUnkPiece ? id : -1;
}

// What has been read so far.
struct Rows {
  std::vector<std::vector<LexicalEntry>> entries;  // [source pieces + 1]
  int64_t lines = 0, unknown = 0;
  std::string first_unknown{};  // "FILE:12: 'abc'"
};

void check_known(const Rows& rows, const std::string& path) {
  if (rows.lines == 0) throw DataError(path + ": holds no line 'target source probability'");
  if (rows.unknown * 2 <= rows.lines) return;
  throw DataError(rows.first_unknown + " is no piece of the model's vocabulary, like " +
                  std::to_string(rows.unknown) + " of the " + std::to_string(rows.lines) +
                  " lines: the file was made for another vocabulary");
}

std::vector<LexicalEntry> first_pieces(int32_t vocab) {
  std::vector<LexicalEntry> row;
  for (int32_t id = kSpecialTokens; id < vocab; ++id) row.push_back({id, 0});
  return row;
}

}  // namespace

std::string lexicon_text(const LexicalTable& table, const Tokenizer& source,
                         const Tokenizer& target) {
  std::string text;
  for (int64_t row = 0; row < table.rows(); ++row) {
    const bool named = row + 1 < table.rows();
    const std::string from =
        named ? source.piece(static_cast<int32_t>(row)) : std::string(kNoSource);
    for (const LexicalEntry& entry : table[row]) {
      text += target.piece(entry.target) + ' ' + from + ' ' + number_of(entry.probability) + '\n';
    }
  }
  return text;
}

LexicalTable read_lexicon(const std::string& path, const Tokenizer& source,
                          const Tokenizer& target) {
  Rows rows{.entries =
                std::vector<std::vector<LexicalEntry>>(static_cast<size_t>(source.size()) + 1)};
  LineReader reader(existing_text_file(path));
  LexiconLine line;
  for (std::string text; reader.next(text);) {
    const auto where = [&] { return path + ":" + std::to_string(reader.line_number()); };
    if (!read_line(text, line)) {
      throw DataError(where() + ": is not 'target source probability', with a number from 0 to 1");
    }
    ++rows.lines;
    const int32_t from = line.source == kNoSource ? source.size() : id_of(line.source, source);
    const int32_t to = id_of(line.target, target);
    if (from >= 0 && to >= 0) {
      rows.entries[static_cast<size_t>(from)].push_back({to, line.probability});
    } else if (rows.unknown++ == 0) {
      rows.first_unknown =
          where() + ": '" + std::string(from < 0 ? line.source : line.target) + "'";
    }
  }
  check_known(rows, path);
  if (rows.entries.back().empty()) rows.entries.back() = first_pieces(target.size());
  LexicalTable table;
  for (auto& row : rows.entries) {
    const auto all = static_cast<int64_t>(row.size());
    table.push_back(likeliest(std::move(row), {.best = all}));
  }
  return table;
}

}  // namespace rondo
