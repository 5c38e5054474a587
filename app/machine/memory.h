#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

namespace rondo {

// Bytes; 0 where the system does not say.
struct Memory {
  uint64_t total = 0;      // of the machine, or the container's limit when that is smaller
  uint64_t available = 0;  // without pushing anything out to disk
};

Memory this_memory();

// The most this process has ever held, and what it holds now.
uint64_t peak_resident_bytes();
uint64_t resident_bytes();

// A line "NAME:  N kB" of /proc/meminfo or /proc/self/status, in bytes; 0 when absent.
uint64_t read_kilobytes(std::istream& text, std::string_view name);

// "812 B", "3.4 KB", "17 MB", "2.1 GB": decimal units, two or three digits.
std::string readable_bytes(uint64_t bytes);

}  // namespace rondo
