#include "app/corpora/verses.h"

#include <algorithm>
#include <regex>
#include <string_view>
#include <unordered_map>

#include "app/corpora/words.h"

namespace rondo {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Length of "Book chapter:verse" at the start of a line that goes on with ": ", or 0.
size_t reference_length(std::string_view line) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return 0;
  const size_t end = line.find(':', colon + 1);
  const size_t space = line.substr(0, colon).rfind(' ');
  if (end == std::string_view::npos || space == std::string_view::npos || space == 0) return 0;
  const bool numbered = is_digits(line.substr(space + 1, colon - space - 1)) &&
                        is_digits(line.substr(colon + 1, end - colon - 1));
  return numbered ? end : 0;
}

bool is_module_name(std::string_view line) {
  return line.size() > 2 && line.front() == '(' && line.back() == ')' &&
         line.find(' ') == std::string_view::npos;
}

// Strong's numbers (<G5547>) and what is left of the module's own markup.
std::string without_tags(const std::string& text) {
  static const std::regex tag("<[^<>]*>");
  return text.find('<') == std::string::npos ? text : std::regex_replace(text, tag, "");
}

std::string_view without_indent(std::string_view line) {
  return line.substr(std::min(line.size(), line.find_first_not_of(' ')));
}

}  // namespace

std::vector<Verse> parse_verses(const std::vector<std::string>& lines) {
  std::vector<Verse> verses;
  for (const std::string& indented : lines) {
    const std::string_view line = without_indent(indented);
    if (const size_t length = reference_length(line); length > 0) {
      verses.push_back({std::string(line.substr(0, length)), std::string(line.substr(length + 1))});
    } else if (!verses.empty() && !is_module_name(line)) {
      append_wrapped_line(verses.back().text, line);
    }
  }
  for (Verse& verse : verses) verse.text = without_tags(verse.text);
  return verses;
}

SegmentPairs join_verses(const std::vector<Verse>& sources, const std::vector<Verse>& targets) {
  std::unordered_map<std::string_view, const Verse*> by_reference;
  for (const Verse& target : targets) by_reference.try_emplace(target.reference, &target);
  SegmentPairs pairs;
  for (const Verse& source : sources) {
    const auto at = by_reference.find(source.reference);
    if (at == by_reference.end()) continue;
    const std::string chapter = source.reference.substr(0, source.reference.find(':'));
    pairs.push_back({source.text, at->second->text, chapter});
  }
  return pairs;
}

}  // namespace rondo
