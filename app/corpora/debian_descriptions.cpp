#include "app/corpora/debian_descriptions.h"

#include <algorithm>
#include <cctype>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "app/corpora/words.h"

namespace rondo {
namespace {

// The value of a line "Key: value", or nothing.
std::string_view value_of(std::string_view line, std::string_view key) {
  if (!line.starts_with(key) || !line.substr(key.size()).starts_with(": ")) return {};
  return line.substr(key.size() + 2);
}

// The synopsis of a line "Description-it: ..."; Description-md5 is another field.
std::string_view synopsis_of(std::string_view line) {
  constexpr std::string_view kKey = "Description-";
  const size_t colon = line.find(": ");
  if (!line.starts_with(kKey) || colon == std::string_view::npos) return {};
  return line.substr(kKey.size(), colon - kKey.size()) == "md5" ? std::string_view{}
                                                                : line.substr(colon + 2);
}

// By policy a line that begins with two spaces is shown as it is; bullets follow one or two.
bool is_preformatted(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == ' ' || text.find('\t') != std::string_view::npos) return true;
  constexpr std::string_view kBullets[] = {"* ", "- ", "+ ", "o ", "• ", "· ", "-- "};
  return std::any_of(std::begin(kBullets), std::end(kBullets),
                     [&](std::string_view bullet) { return text.starts_with(bullet); });
}

// Collects the lines below a synopsis into paragraphs.
class ParagraphReader {
 public:
  void add(std::string_view line) {
    if (line == ".") return finish();
    begun_ = true;
    if (is_preformatted(line)) preformatted_ = true;
    append_wrapped_line(text_, line);
  }

  std::vector<std::string> take() {
    finish();
    return std::exchange(paragraphs_, {});
  }

 private:
  void finish() {
    if (begun_) paragraphs_.push_back(preformatted_ ? std::string{} : text_);
    text_.clear();
    begun_ = preformatted_ = false;
  }

  std::vector<std::string> paragraphs_;
  std::string text_;
  bool begun_ = false, preformatted_ = false;
};

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// gcc-12-cross -> gcc, python3.11 -> python, gtk+3.0 -> gtk, 0ad -> 0ad.
std::string without_version(std::string_view source) {
  for (size_t dash = source.find('-'); dash != std::string_view::npos;
       dash = source.find('-', dash + 1)) {
    if (dash > 0 && dash + 1 < source.size() && is_digit(source[dash + 1])) {
      source = source.substr(0, dash);
      break;
    }
  }
  const size_t last = source.find_last_not_of("0123456789.+-");
  return std::string(last == std::string_view::npos ? source : source.substr(0, last + 1));
}

}  // namespace

std::vector<PackageDescription> parse_descriptions(const std::vector<std::string>& lines) {
  std::vector<PackageDescription> descriptions;
  PackageDescription current;
  ParagraphReader paragraphs;
  const auto finish = [&] {
    current.paragraphs = paragraphs.take();
    if (!current.md5.empty() && !current.synopsis.empty()) descriptions.push_back(current);
    current = {};
  };
  for (const std::string& line : lines) {
    if (line.empty()) {
      finish();
    } else if (line.front() == ' ') {
      paragraphs.add(std::string_view(line).substr(1));
    } else if (const auto package = value_of(line, "Package"); !package.empty()) {
      current.package = package;
    } else if (const auto md5 = value_of(line, "Description-md5"); !md5.empty()) {
      current.md5 = md5;
    } else if (const auto synopsis = synopsis_of(line); !synopsis.empty()) {
      current.synopsis = synopsis;
    }
  }
  finish();
  return descriptions;
}

SourcePackages parse_source_packages(const std::vector<std::string>& lines) {
  SourcePackages sources;
  std::string package;
  for (const std::string& line : lines) {
    if (const auto name = value_of(line, "Package"); !name.empty()) {
      package = name;
      sources.try_emplace(package, package);
    } else if (const auto source = value_of(line, "Source"); !source.empty()) {
      sources[package] = source.substr(0, source.find(' '));  // "gcc-12 (12.2.0-14)"
    }
  }
  return sources;
}

std::string package_family(std::string_view package, const SourcePackages& sources) {
  for (std::string_view prefix = package; !prefix.empty();) {
    const auto at = sources.lower_bound(prefix);
    if (at != sources.end() && at->first.starts_with(prefix)) return without_version(at->second);
    const size_t dash = prefix.rfind('-');
    prefix = dash == std::string_view::npos ? std::string_view{} : prefix.substr(0, dash);
  }
  return without_version(package.substr(0, package.find('-')));
}

SegmentPairs join_descriptions(const std::vector<PackageDescription>& originals,
                               const std::vector<PackageDescription>& translations,
                               const SourcePackages& sources) {
  std::unordered_map<std::string_view, const PackageDescription*> by_md5;
  for (const PackageDescription& original : originals) by_md5.try_emplace(original.md5, &original);
  std::unordered_set<std::string_view> joined;
  SegmentPairs pairs;
  for (const PackageDescription& translation : translations) {
    const auto at = by_md5.find(translation.md5);
    if (at == by_md5.end() || !joined.insert(translation.md5).second) continue;
    const PackageDescription& original = *at->second;
    const std::string family = package_family(translation.package, sources);
    pairs.push_back({original.synopsis, translation.synopsis, family});
    if (original.paragraphs.size() != translation.paragraphs.size()) continue;
    for (size_t i = 0; i < original.paragraphs.size(); ++i) {
      pairs.push_back({original.paragraphs[i], translation.paragraphs[i], family});
    }
  }
  return pairs;
}

}  // namespace rondo
