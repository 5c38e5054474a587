#include "app/decoding/line_report.h"

#include <cstdio>

namespace rondo {
namespace {

void append(std::string& text, int64_t count, const char* what) {
  if (count == 0) return;
  text += text.empty() ? "; " : ", ";
  text += std::to_string(count) + ' ' + what;
}

}  // namespace

LineReport& LineReport::operator+=(const LineReport& other) {
  lines += other.lines;
  empty += other.empty;
  invalid_utf8 += other.invalid_utf8;
  split += other.split;
  cropped += other.cropped;
  return *this;
}

std::string describe(const LineReport& report, double seconds) {
  const auto lines = static_cast<double>(report.lines);
  char speed[80];
  std::snprintf(speed, sizeof speed, " in %.1f s (%.1f lines/s)", seconds,
                seconds > 0 ? lines / seconds : 0.0);
  std::string odd;
  append(odd, report.empty, "empty");
  append(odd, report.invalid_utf8, "with invalid UTF-8 replaced");
  append(odd, report.split, "too long and split");
  append(odd, report.cropped, "too long and cropped");
  return std::to_string(report.lines) + (report.lines == 1 ? " line" : " lines") + speed + odd;
}

}  // namespace rondo
