#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/corpora/segment_pair.h"

// Debian's package descriptions and their translations, as its Translation-xx indices hold them.
namespace rondo {

struct PackageDescription {
  std::string package;  // binary package
  std::string md5;      // of the English description: what original and translation share
  std::string synopsis;
  // Unwrapped; an empty one stands for a paragraph that is a list, a table or code.
  std::vector<std::string> paragraphs;
};

// Reads the stanzas of a Translation-xx index, given as lines.
std::vector<PackageDescription> parse_descriptions(const std::vector<std::string>& lines);

// Binary package -> source package.
using SourcePackages = std::map<std::string, std::string, std::less<>>;

// Reads the stanzas of a Packages index.
SourcePackages parse_source_packages(const std::vector<std::string>& lines);

// The name under which all versions of a source package go: gcc-12 and gcc-13-cross are gcc. A
// package of another architecture, unknown to sources, goes with the known one of nearest name.
std::string package_family(std::string_view package, const SourcePackages& sources);

// Pairs synopsis with synopsis and, where both descriptions have as many, paragraph with paragraph.
// Each description counts once, however many packages share it.
SegmentPairs join_descriptions(const std::vector<PackageDescription>& originals,
                               const std::vector<PackageDescription>& translations,
                               const SourcePackages& sources);

}  // namespace rondo
