#pragma once

#include <string>
#include <vector>

namespace rondo {

inline int64_t count_of(const std::string& text, const std::string& part) {
  int64_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// Whether every <svg> and every element in it is closed in order (attributes hold no '>').
inline bool is_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (auto at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    const auto end = xml.find('>', at);
    if (end == std::string::npos) return false;
    const std::string name = xml.substr(at + 1, xml.find_first_of(" >/", at + 2) - at - 1);
    if (name[0] == '/') {
      if (open.empty() || "/" + open.back() != name) return false;
      open.pop_back();
    } else if (xml[end - 1] != '/') {
      open.push_back(name);
    }
  }
  return open.empty();
}

}  // namespace rondo
