#include "app/metrics/mteval_tokenizer.h"

#include <array>
#include <utility>

#include "app/errors.h"
#include "app/metrics/text_rewriting.h"
#include "app/metrics/unicode_text.h"

namespace rondo {
namespace {

constexpr std::array<std::pair<BleuTokenizer, std::string_view>, 4> kNames{{
    {BleuTokenizer::v13a, "13a"},
    {BleuTokenizer::none, "none"},
    {BleuTokenizer::chars, "char"},
    {BleuTokenizer::intl, "intl"},
}};

std::u32string tokenize_13a(std::u32string_view line) {
  std::u32string text(line);
  replace_all(text, U"<skipped>", U"");
  replace_all(text, U"-\n", U"");
  replace_all(text, U"\n", U" ");
  unescape_xml(text);
  return space_western_numbers(space_western_punctuation(U" " + text + U" "));
}

std::u32string tokenize_intl(std::u32string_view line) {
  const auto no_number = [](char32_t c) { return !is_number(c); };
  std::u32string text = space_pairs(line, no_number, is_punctuation, PairSpacing::around_second);
  text = space_pairs(text, is_punctuation, no_number, PairSpacing::around_first);
  return space_each(text, is_symbol);
}

}  // namespace

std::u32string tokenize_mteval(std::u32string_view line, BleuTokenizer tokenizer) {
  switch (tokenizer) {
    case BleuTokenizer::v13a:
      return tokenize_13a(line);
    case BleuTokenizer::chars:
      return space_each(line, [](char32_t) { return true; });
    case BleuTokenizer::intl:
      return tokenize_intl(line);
    case BleuTokenizer::none:
      break;
  }
  return std::u32string(line);
}

std::string_view tokenizer_name(BleuTokenizer tokenizer) {
  for (const auto& [value, name] : kNames) {
    if (value == tokenizer) return name;
  }
  return "none";
}

BleuTokenizer tokenizer_by_name(std::string_view name) {
  for (const auto& [value, known] : kNames) {
    if (known == name) return value;
  }
  throw ConfigError("--tokenize: unknown tokenizer '" + std::string(name) +
                    "'; choose 13a, none, char or intl");
}

}  // namespace rondo
