#pragma once

#include <string>
#include <string_view>

namespace rondo {

bool is_valid_utf8(std::string_view text);

// Text with every run of bytes that is no character (cut short, overlong, a surrogate) replaced by
// U+FFFD. Valid text comes back as it was.
std::string replace_invalid_utf8(std::string_view text);

}  // namespace rondo
