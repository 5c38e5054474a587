#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rondo {

struct AlignedWords {
  int64_t source = 0;
  int64_t target = 0;
  bool operator==(const AlignedWords&) const = default;
};

// For each target word the source word that its pieces attend to most in all; words as words_of
// has them, so their numbers are those of the text split at spaces. </s> aligns with nothing.
// attention [target pieces][source pieces].
std::vector<AlignedWords> align_words(std::span<const std::string> source_pieces,
                                      std::span<const std::string> target_pieces,
                                      const std::vector<std::vector<float>>& attention);

// Moses: "0-0 1-2", source first.
std::string to_moses(std::span<const AlignedWords> alignment);

}  // namespace rondo
