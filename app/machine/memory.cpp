#include "app/machine/memory.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace rondo {
namespace {

uint64_t field_of(const char* file, std::string_view name) {
  std::ifstream text(file);
  return read_kilobytes(text, name);
}

// A number alone in a file, as cgroups write their limits; 0 for "max" and where there is none.
uint64_t number_in(const char* file) {
  std::ifstream text(file);
  uint64_t number = 0;
  return text >> number ? number : 0;
}

}  // namespace

uint64_t read_kilobytes(std::istream& text, std::string_view name) {
  for (std::string line; std::getline(text, line);) {
    if (line.size() <= name.size() || line.compare(0, name.size(), name) != 0) continue;
    if (line[name.size()] != ':') continue;
    std::istringstream value(line.substr(name.size() + 1));
    uint64_t kilobytes = 0;
    return value >> kilobytes ? kilobytes * 1024 : 0;
  }
  return 0;
}

Memory this_memory() {
  Memory memory{.total = field_of("/proc/meminfo", "MemTotal"),
                .available = field_of("/proc/meminfo", "MemAvailable")};
  const uint64_t limit = number_in("/sys/fs/cgroup/memory.max");
  if (limit > 0 && limit < memory.total) {
    const uint64_t used = number_in("/sys/fs/cgroup/memory.current");
    memory.total = limit;
    memory.available = std::min(memory.available, limit - std::min(used, limit));
  }
  return memory;
}

uint64_t peak_resident_bytes() { return field_of("/proc/self/status", "VmHWM"); }

uint64_t resident_bytes() { return field_of("/proc/self/status", "VmRSS"); }

std::string readable_bytes(uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits{"B", "KB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 999.5 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  std::array<char, 32> text{};
  const char* format = unit > 0 && value < 9.95 ? "%.1f %s" : "%.0f %s";
  std::snprintf(text.data(), text.size(), format, value, kUnits[unit]);
  return text.data();
}

}  // namespace rondo
