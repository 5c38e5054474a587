#include "app/corpora/web_text.h"

#include <cctype>
#include <utility>

namespace rondo {
namespace {

struct Replacement {
  std::string_view from, to;
};

constexpr Replacement kEntities[] = {{"&amp;", "&"},   {"&lt;", "<"},   {"&gt;", ">"},
                                     {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}};

// What has become of punctuation in the three ways in which the texts of that collection broke.
constexpr Replacement kBroken[] = {
    // Single quotation marks, right and left.
    {"\xE4\xF3\xBB", "'"},
    {"\x8A\x97\xC8", "'"},
    {"\xD5\xA2_\x8A\xCE_\x86\xA2", "'"},
    {"\xE4\xF3\xD6", "'"},
    // Double ones, left and right.
    {"\xE4\xF3\xEC", "\""},
    {"\x8A\x97\x93", "\""},
    {"\xD5\xA2_\x8A\xCE\x81\xD0", "\""},
    {"\xE4\xF3\x9D", "\""},
    {"\x8A\x97\x9D", "\""},
    {"\xD5\xA2_\x8A\xCE\xEB\x9D", "\""},
    // An ellipsis.
    {"\xE4\xF3_", "..."},
    {"\x8A\x97_", "..."},
    {"\xD5\xA2_\x8A\xCE\xEB_", "..."},
    // Dashes.
    {"\xD5\xA2_\x8A\xCE_\xD1\x9D", " - "},
    {"\xD5\xA2_\x8A\xCE_\xD1\xD2", " - "},
};

std::string decode_once(std::string_view text) {
  std::string decoded;
  while (!text.empty()) {
    Replacement found{text.substr(0, 1), text.substr(0, 1)};
    for (const Replacement& entity : kEntities) {
      if (text.starts_with(entity.from)) found = entity;
    }
    decoded += found.to;
    text.remove_prefix(found.from.size());
  }
  return decoded;
}

bool is_high(char byte) { return static_cast<unsigned char>(byte) >= 0x80; }

// Bytes at the front that belong to one broken character or several; 0 where it is ASCII. What one
// of the encodings could not say is an underscore.
size_t broken_run(std::string_view bytes) {
  size_t length = 0;
  if (bytes.empty() || !is_high(bytes[0])) return 0;
  while (length < bytes.size() && (is_high(bytes[length]) || bytes[length] == '_')) ++length;
  return length;
}

std::string_view mended(std::string_view run) {
  for (const Replacement& broken : kBroken) {
    if (run == broken.from) return broken.to;
  }
  return " ";
}

std::string letters_of(std::string_view chunk) {
  std::string letters;
  for (const char letter : chunk) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte >= 0x80) letters += letter;
    if (byte < 0x80 && std::isalpha(byte) != 0) letters += static_cast<char>(std::tolower(byte));
  }
  return letters;
}

bool is_address(std::string_view chunk) {
  return chunk.find("://") != std::string_view::npos || chunk.find('@') != std::string_view::npos;
}

}  // namespace

std::string decode_entities(std::string_view text) {
  if (text.find('&') == std::string_view::npos) return std::string(text);
  return decode_once(decode_once(text));
}

std::string mend_punctuation(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    if (const size_t run = broken_run(bytes); run > 0) {
      text += mended(bytes.substr(0, run));
      bytes.remove_prefix(run);
    } else {
      text += bytes[0];
      bytes.remove_prefix(1);
    }
  }
  return text;
}

std::vector<std::string> words_of_copies(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::string_view chunk = text.substr(0, text.find(' '));
    text.remove_prefix(chunk.size() + (chunk.size() < text.size() ? 1 : 0));
    std::string letters = is_address(chunk) ? std::string() : letters_of(chunk);
    if (!letters.empty() && letters != "rt") words.push_back(std::move(letters));
  }
  return words;
}

}  // namespace rondo
