#pragma once

#include <string>

namespace rondo {

// &, <, > and quotes as entities; control characters as spaces.
std::string escape_markup(const std::string& text);

// Any bytes as text of a page: valid UTF-8, then as above.
std::string escaped(const std::string& text);

// "<tag attributes>content</tag>", from "tag attributes".
std::string element(const std::string& tag, const std::string& content);

}  // namespace rondo
