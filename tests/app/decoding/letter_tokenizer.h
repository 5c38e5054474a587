#pragma once

#include <array>
#include <stdexcept>

#include "tokenizers/special_tokens.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// A tokenizer to test with: one piece a byte, "▁" before it at the beginning of a word. Bytes
// outside " abc.," become <unk>.
class LetterTokenizer : public Tokenizer {
 public:
  int32_t size() const override { return kSpecialTokens + 2 * kLetters; }

  std::vector<int32_t> encode(std::string_view line) const override {
    std::vector<int32_t> ids;
    bool begins = true;
    for (const char c : line) {
      if (c == ' ') {
        begins = true;
        continue;
      }
      const auto letter = kAlphabet.find(c);
      const bool known = letter != std::string_view::npos;
      ids.push_back(known ? kSpecialTokens + static_cast<int32_t>(letter) + begins * kLetters
                          : kUnkId);
      begins = false;
    }
    return ids;
  }

  std::vector<TextSpan> spans(std::string_view line) const override {
    std::vector<TextSpan> spans;
    for (size_t i = 0; i < line.size(); ++i) {
      if (line[i] != ' ') spans.push_back({i, i + 1});
    }
    return spans;
  }

  std::vector<int32_t> encode_sampled(std::string_view line) const override { return encode(line); }

  std::string decode(std::span<const int32_t> ids) const override {
    std::string text;
    for (const int32_t id : ids) {
      if (id < 0 || id >= size()) throw std::out_of_range("id");
      if (id < kSpecialTokens) continue;
      if (id >= kSpecialTokens + kLetters && !text.empty()) text += ' ';
      text += kAlphabet[(id - kSpecialTokens) % kLetters];
    }
    return text;
  }

  std::string piece(int32_t id) const override {
    constexpr std::array kSpecial = {kPadPiece, kUnkPiece, kBosPiece, kEosPiece};
    if (id < kSpecialTokens) return std::string(kSpecial[id]);
    const std::string letter(1, kAlphabet[(id - kSpecialTokens) % kLetters]);
    return id >= kSpecialTokens + kLetters ? "▁" + letter : letter;
  }

  int32_t id(std::string_view text) const override {
    for (int32_t i = 0; i < size(); ++i) {
      if (piece(i) == text) return i;
    }
    return kUnkId;
  }

  const std::string& serialized() const override { return serialized_; }

 private:
  static constexpr std::string_view kAlphabet = "abc.,\n";
  static constexpr int32_t kLetters = static_cast<int32_t>(kAlphabet.size());
  std::string serialized_ = "letters";
};

}  // namespace rondo
