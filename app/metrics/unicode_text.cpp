#include "app/metrics/unicode_text.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "app/metrics/unicode_tables.h"

namespace rondo {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kCapitalSigma = 0x3A3, kSigma = 0x3C3, kFinalSigma = 0x3C2;
constexpr char32_t kCapitalDottedI = 0x130, kDotAbove = 0x307;

// The last range that begins at or before c, or nullptr.
template <typename Range>
const Range* range_at(std::span<const Range> ranges, char32_t c) {
  auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                [](char32_t x, const Range& range) { return x < range.first; });
  if (after == ranges.begin()) return nullptr;
  const Range* range = &*std::prev(after);
  return c <= range->last ? range : nullptr;
}

bool contains(std::span<const CodePointRange> ranges, char32_t c) {
  return range_at(ranges, c) != nullptr;
}

// What may follow a lead byte; the first continuation byte is the one with a narrower range.
struct Sequence {
  int continuation = 0;  // bytes; 0 = no lead byte
  uint8_t low = 0x80, high = 0xBF;
};

Sequence sequence_of(uint8_t lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {1};
  if (lead == 0xE0) return {2, 0xA0, 0xBF};
  if (lead == 0xED) return {2, 0x80, 0x9F};  // no surrogates
  if (lead >= 0xE1 && lead <= 0xEF) return {2};
  if (lead == 0xF0) return {3, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {3};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return {};
}

// Takes one code point, or one maximal invalid part, off the front of bytes.
char32_t take_code_point(std::string_view& bytes) {
  const uint8_t lead = static_cast<uint8_t>(bytes.front());
  bytes.remove_prefix(1);
  if (lead < 0x80) return lead;
  Sequence sequence = sequence_of(lead);
  if (sequence.continuation == 0) return kReplacement;
  char32_t c = lead & (0x3F >> sequence.continuation);
  for (int i = 0; i < sequence.continuation; ++i) {
    if (bytes.empty()) return kReplacement;
    const uint8_t byte = static_cast<uint8_t>(bytes.front());
    if (byte < sequence.low || byte > sequence.high) return kReplacement;
    c = c << 6 | (byte & 0x3F);
    bytes.remove_prefix(1);
    sequence.low = 0x80, sequence.high = 0xBF;
  }
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

// Unicode 3.13, Final_Sigma: a cased letter before, none after, case-ignorable ones not counted.
bool is_final_sigma(std::u32string_view text, size_t position) {
  const auto counts = [](char32_t c) { return !contains(kCaseIgnorable, c); };
  const auto after = text.substr(position + 1);
  const auto before = text.substr(0, position);
  const auto previous = std::find_if(before.rbegin(), before.rend(), counts);
  if (previous == before.rend() || !contains(kCased, *previous)) return false;
  const auto next = std::find_if(after.begin(), after.end(), counts);
  return next == after.end() || !contains(kCased, *next);
}

char32_t simple_lower_case(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  const LowerCaseRun* run = range_at(std::span<const LowerCaseRun>(kLowerCase), c);
  return run && (c - run->first) % run->stride == 0 ? c + run->delta : c;
}

}  // namespace

std::u32string decode_utf8(std::string_view bytes) {
  std::u32string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) text.push_back(take_code_point(bytes));
  return text;
}

std::string encode_utf8(std::u32string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (char32_t c : text) append_utf8(bytes, c);
  return bytes;
}

bool is_space(char32_t c) { return contains(kSpaces, c); }
bool is_punctuation(char32_t c) { return contains(kPunctuation, c); }
bool is_symbol(char32_t c) { return contains(kSymbols, c); }
bool is_number(char32_t c) { return contains(kNumbers, c); }

std::u32string lowercase(std::u32string_view text) {
  std::u32string lower;
  lower.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == kCapitalSigma) {
      lower.push_back(is_final_sigma(text, i) ? kFinalSigma : kSigma);
    } else if (text[i] == kCapitalDottedI) {
      lower.append({U'i', kDotAbove});
    } else {
      lower.push_back(simple_lower_case(text[i]));
    }
  }
  return lower;
}

std::u32string_view strip_trailing_space(std::u32string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::u32string_view> split_words(std::u32string_view text) {
  std::vector<std::u32string_view> words;
  size_t start = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !is_space(text[i])) continue;
    if (i > start) words.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  return words;
}

}  // namespace rondo
