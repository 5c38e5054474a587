#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rondo {

// One or more reference texts with the same number of lines. Borrowed: the strings must outlive it.
class References {
 public:
  References(std::span<const std::string> only) : streams_{only} {}
  References(const std::vector<std::string>& only) : streams_{only} {}
  References(const std::vector<std::vector<std::string>>& streams)
      : streams_(streams.begin(), streams.end()) {}

  size_t per_line() const { return streams_.size(); }
  std::vector<std::string_view> of_line(size_t line) const;

  // Throws DataError with both counts unless each text has that many lines; and if there is none.
  void check_line_count(size_t hypotheses) const;

 private:
  std::vector<std::span<const std::string>> streams_;
};

}  // namespace rondo
