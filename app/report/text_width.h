#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace rondo {

// East Asian characters, which take two columns and are written without spaces.
bool is_wide(char32_t c);

// Columns that text takes on a terminal: two for wide characters such as Chinese ones, none for
// marks that sit on the letter before them.
std::size_t text_width(const std::string& text);

// At most `most` columns wide, its end replaced by "…" where it has more. Valid UTF-8, without
// control characters, whatever it was.
std::string shortened(const std::string& text, std::size_t most);

std::vector<std::string> shortened(const std::vector<std::string>& texts, std::size_t most);

// The columns that the widest takes.
std::size_t widest(const std::vector<std::string>& texts);

// Filled up with spaces to that many columns, behind it or before it.
std::string set_left(const std::string& text, std::size_t columns);
std::string set_right(const std::string& text, std::size_t columns);

}  // namespace rondo
