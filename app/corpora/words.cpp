#include "app/corpora/words.h"

#include <utf8.h>

#include <cctype>

namespace rondo {
namespace {

constexpr char32_t kNoLetter = 0;
constexpr char32_t kNoBreakSpace = 0xA0;
constexpr char32_t kIdeographicSpace = 0x3000;

bool is_space(char32_t letter) {
  return letter <= ' ' || letter == 0x7F || letter == kNoBreakSpace || letter == kIdeographicSpace;
}

bool is_word_letter(char32_t letter) { return letter >= 0x80 || std::isalnum(int(letter)) != 0; }

// Lines are joined before anybody has looked whether they are UTF-8, so these two look.
char32_t first_letter(std::string_view text) try {
  return text.empty() ? kNoLetter : char32_t(utf8::peek_next(text.begin(), text.end()));
} catch (const utf8::exception&) {
  return kNoLetter;
}

char32_t last_letter(std::string_view text) try {
  auto end = text.end();
  return text.empty() ? kNoLetter : char32_t(utf8::prior(end, text.begin()));
} catch (const utf8::exception&) {
  return kNoLetter;
}

// Calls visit(letter, bytes) for each code point.
template <typename Visit>
void for_each_letter(std::string_view text, Visit visit) {
  for (auto at = text.begin(); at != text.end();) {
    const auto begin = at;
    const char32_t letter = utf8::unchecked::next(at);
    visit(letter, std::string_view(&*begin, at - begin));
  }
}

}  // namespace

bool is_unspaced_letter(char32_t letter) {
  return (letter >= 0x0E00 && letter <= 0x0E7F) ||  // Thai
         (letter >= 0x3001 && letter <= 0x30FF) ||  // CJK punctuation, kana
         (letter >= 0x3400 && letter <= 0x9FFF) ||  // Han
         (letter >= 0xF900 && letter <= 0xFAFF) ||  // Han, compatibility
         (letter >= 0xFF01 && letter <= 0xFF9F) ||  // full-width forms, half-width kana
         (letter >= 0x20000 && letter <= 0x3FFFF);  // Han, rare
}

std::string normalise_spaces(std::string_view text) {
  std::string clean;
  bool pending = false;
  for_each_letter(text, [&](char32_t letter, std::string_view bytes) {
    if (is_space(letter)) {
      pending = !clean.empty();
      return;
    }
    if (pending) clean += ' ';
    pending = false;
    clean += bytes;
  });
  return clean;
}

void append_wrapped_line(std::string& paragraph, std::string_view line) {
  const bool unspaced =
      is_unspaced_letter(last_letter(paragraph)) && is_unspaced_letter(first_letter(line));
  if (!paragraph.empty() && !unspaced) paragraph += ' ';
  paragraph += line;
}

double count_words(std::string_view text) {
  double words = 0;
  bool inside = false;
  for_each_letter(text, [&](char32_t letter, std::string_view) {
    const bool unspaced = is_unspaced_letter(letter);
    if (unspaced) words += 0.5;
    const bool part_of_word = !unspaced && !is_space(letter);
    if (part_of_word && !inside) words += 1;
    inside = part_of_word;
  });
  return words;
}

std::vector<std::string> comparable_words(std::string_view text) {
  std::vector<std::string> words;
  bool inside = false;
  for_each_letter(text, [&](char32_t letter, std::string_view bytes) {
    if (is_space(letter)) {
      inside = false;
      return;
    }
    const bool part_of_word = is_word_letter(letter) && !is_unspaced_letter(letter);
    if (!part_of_word || !inside) words.emplace_back();
    inside = part_of_word;
    words.back() +=
        letter < 0x80 ? std::string(1, char(std::tolower(int(letter)))) : std::string(bytes);
  });
  return words;
}

}  // namespace rondo
