#include "app/experiments/quantities.h"

#include <cmath>

#include "app/report/axis.h"
#include "app/training/progress.h"

namespace rondo {

std::string counted(int64_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string shown_seconds(double seconds) {
  return std::isfinite(seconds) ? short_duration(seconds) : "-";
}

std::string shown_count(double count) { return std::isfinite(count) ? short_number(count) : "-"; }

std::string shown_bytes(double bytes) {
  if (!std::isfinite(bytes)) return "-";
  return bytes < 1e9 ? fixed_number(bytes / 1e6, 0) + " MB" : fixed_number(bytes / 1e9, 1) + " GB";
}

std::string tab_separated(const TextRows& rows) {
  std::string text;
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      text += i > 0 ? "\t" : "";
      for (const char c : row[i]) text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    text += "\n";
  }
  return text;
}

}  // namespace rondo
