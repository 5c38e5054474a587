#pragma once

#include <array>
#include <string_view>

#include "app/report/gradient_health.h"

namespace rondo {

inline constexpr std::array<std::string_view, 3> kVerdictNames{"healthy", "vanishing", "exploding"};

// As files and tables say it: "vanishing".
constexpr std::string_view verdict_name(Verdict verdict) {
  return kVerdictNames[static_cast<size_t>(verdict)];
}

// The opposite; healthy where the name is none.
constexpr Verdict verdict_named(std::string_view name) {
  for (size_t i = 0; i < kVerdictNames.size(); ++i) {
    if (kVerdictNames[i] == name) return static_cast<Verdict>(i);
  }
  return Verdict::healthy;
}

}  // namespace rondo
