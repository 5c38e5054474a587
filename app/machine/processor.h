#pragma once

#include <cstdint>
#include <istream>
#include <set>
#include <string>

namespace rondo {

struct Processor {
  std::string model;            // "unknown processor" where the system does not say
  std::set<std::string> flags;  // as Linux names them: avx2, avx512f, avx512_bf16, amx_bf16 ...
  int64_t usable_cores = 1;     // that this process may run on: affinity and container limit

  bool has(const std::string& flag) const { return flags.count(flag) == 1; }
};

Processor this_processor();

// Model and flags from the text of /proc/cpuinfo (x86 "flags", ARM "Features").
Processor read_cpuinfo(std::istream& text);

// Cores from the text of a cgroup's cpu.max, "QUOTA PERIOD" in microseconds, rounded up; 0 = no
// limit.
int64_t read_cpu_limit(std::istream& text);

}  // namespace rondo
