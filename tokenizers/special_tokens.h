#pragma once

#include <cstdint>
#include <string_view>

// The four symbols every vocabulary begins with, in this order, whatever the tokenizer.
namespace rondo {

inline constexpr int32_t kPadId = 0;
inline constexpr int32_t kUnkId = 1;
inline constexpr int32_t kBosId = 2;
inline constexpr int32_t kEosId = 3;
inline constexpr int32_t kSpecialTokens = 4;

inline constexpr std::string_view kPadPiece = "<pad>";
inline constexpr std::string_view kUnkPiece = "<unk>";
inline constexpr std::string_view kBosPiece = "<s>";
inline constexpr std::string_view kEosPiece = "</s>";

}  // namespace rondo
