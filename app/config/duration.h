#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/training/options.h"

namespace rondo {

// 5e (epochs, fractions allowed), 500u, 10ku or 1.5ku (updates), 90s, 30min, 2h, or none.
// Nothing when the text is not a duration above zero, or is no whole number of updates.
std::optional<Duration> parse_duration(std::string_view text);

// The shortest text that parse_duration reads back exactly.
std::string to_string(const Duration& duration);

}  // namespace rondo
