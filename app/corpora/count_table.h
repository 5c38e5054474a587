#pragma once

#include <cstdint>
#include <ostream>
#include <string_view>

// The table that preparing a corpus ends with: what was read, dropped and kept.
namespace rondo {

void add_row(std::ostream& table, std::string_view label, int64_t count, std::string_view note);

// A row with a minus, only where something was dropped.
void add_dropped(std::ostream& table, std::string_view label, int64_t count,
                 std::string_view reason);

}  // namespace rondo
