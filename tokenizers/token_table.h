#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rondo {

// The ids of many lines in one flat array: 4 bytes a token, 8 a line.
class TokenTable {
 public:
  void push_back(std::span<const int32_t> ids);
  void append(const TokenTable& other);

  int64_t size() const { return static_cast<int64_t>(offsets_.size()) - 1; }  // lines
  int64_t tokens() const { return static_cast<int64_t>(ids_.size()); }
  int64_t length(int64_t line) const { return offsets_[line + 1] - offsets_[line]; }
  std::span<const int32_t> operator[](int64_t line) const;

  bool operator==(const TokenTable&) const = default;

 private:
  std::vector<int32_t> ids_;
  std::vector<int64_t> offsets_{0};  // line i holds ids [offsets[i], offsets[i + 1])
};

// The first `limit` ids of each line.
TokenTable cropped_lines(const TokenTable& table, int64_t limit);

}  // namespace rondo
