#pragma once

#include <cstdint>
#include <string>

#include "app/metrics/text_table.h"

// Numbers of a training as the tables of compare and sweep show them; "-" for not-a-number.
namespace rondo {

std::string counted(int64_t count, const std::string& noun);  // "1 trial", "3 trials"
std::string shown_seconds(double seconds);                    // "3m20s"
std::string shown_count(double count);                        // "4.2M"
std::string shown_bytes(double bytes);                        // "1.4 GB", of 10^9 bytes
std::string tab_separated(const TextRows& rows);  // line ends and tabs in cells become spaces

}  // namespace rondo
