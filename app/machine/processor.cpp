#include "app/machine/processor.h"

#include <sched.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string_view>
#include <thread>

namespace rondo {
namespace {

// "model name\t: X" gives key "model name" and value "X".
bool split_line(const std::string& line, std::string& key, std::string& value) {
  const std::size_t colon = line.find(':');
  if (colon == std::string::npos) return false;
  key = line.substr(0, line.find_last_not_of(" \t", colon - (colon > 0)) + 1);
  const std::size_t start = line.find_first_not_of(" \t", colon + 1);
  value = start == std::string::npos ? "" : line.substr(start);
  return true;
}

int64_t allowed_cores() {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (::sched_getaffinity(0, sizeof cores, &cores) == 0) return CPU_COUNT(&cores);
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

Processor read_cpuinfo(std::istream& text) {
  Processor processor{.model = "unknown processor", .flags = {}};
  std::string key, value;
  for (std::string line; std::getline(text, line) && !line.empty();) {  // the first core only
    if (!split_line(line, key, value)) continue;
    if (key == "model name") processor.model = value;
    if (key != "flags" && key != "Features") continue;
    std::istringstream words(value);
    for (std::string word; words >> word;) processor.flags.insert(word);
  }
  return processor;
}

int64_t read_cpu_limit(std::istream& text) {
  int64_t quota = 0, period = 0;
  if (!(text >> quota >> period) || quota <= 0 || period <= 0) return 0;  // "max 100000"
  return (quota + period - 1) / period;
}

Processor this_processor() {
  std::ifstream cpuinfo("/proc/cpuinfo"), limit("/sys/fs/cgroup/cpu.max");
  Processor processor = read_cpuinfo(cpuinfo);
  processor.usable_cores = allowed_cores();
  const int64_t cores = read_cpu_limit(limit);
  if (cores > 0) processor.usable_cores = std::min(processor.usable_cores, cores);
  return processor;
}

}  // namespace rondo
