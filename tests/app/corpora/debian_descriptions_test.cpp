#include "app/corpora/debian_descriptions.h"

#include "tests/support/catch.h"

namespace rondo {
namespace {

using Lines = std::vector<std::string>;

const Lines kEnglish = {
    "Package: mill",
    "Description-md5: 11",
    "Description-en: grinds grain",
    " A mill that",
    " grinds grain.",
    " .",
    " It can:",
    "  * grind",
    " .",
    " Documented.",
    "",
    "Package: mill-doc",
    "Description-md5: 22",
    "Description-en: manual of the mill",
    " Pages to read.",
};

const Lines kItalian = {
    "Package: mill",
    "Description-md5: 11",
    "Description-it: macina il grano",
    " Un mulino che macina",
    " il grano.",
    " .",
    " Può:",
    "  * macinare",
    " .",
    " Documentato.",
    "",
    "Package: mill-old",  // the same description again
    "Description-md5: 11",
    "Description-it: macina il grano",
    "",
    "Package: mill-doc",
    "Description-md5: 22",
    "Description-it: manuale del mulino",
    " Pagine da leggere.",
    " .",
    " Altro.",
    "",
    "Package: oven",  // no English description
    "Description-md5: 33",
    "Description-it: forno",
};

std::string joined(const SegmentPairs& pairs) {
  std::string text;
  for (const auto& [source, target, family] : pairs) {
    text += family + ": " + source + " = " + target + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("synopses and equally many paragraphs are paired, lists emptied", "[corpora]") {
  const SourcePackages sources{{"mill", "mill-2"}, {"mill-doc", "mill-2"}};
  const auto pairs =
      join_descriptions(parse_descriptions(kEnglish), parse_descriptions(kItalian), sources);
  CHECK(joined(pairs) ==
        "mill: grinds grain = macina il grano\n"
        "mill: A mill that grinds grain. = Un mulino che macina il grano.\n"
        "mill:  = \n"
        "mill: Documented. = Documentato.\n"
        "mill: manual of the mill = manuale del mulino\n");
}

TEST_CASE("the source package is read from the Packages index, without its version", "[corpora]") {
  const auto sources = parse_source_packages(
      {"Package: libmill1", "Source: mill (1.2-3)", "Version: 1.2", "", "Package: oven"});
  CHECK(sources == SourcePackages{{"libmill1", "mill"}, {"oven", "oven"}});
}

TEST_CASE("all versions of a source package are one family", "[corpora]") {
  const SourcePackages sources{{"gcc", "gcc-12-cross"},
                               {"gtk", "gtk+3.0"},
                               {"py", "python3.11"},
                               {"0ad", "0ad"},
                               {"tex", "texlive-base"}};
  CHECK(package_family("gcc", sources) == "gcc");
  CHECK(package_family("gtk", sources) == "gtk");
  CHECK(package_family("py", sources) == "python");
  CHECK(package_family("0ad", sources) == "0ad");
  CHECK(package_family("tex", sources) == "texlive-base");
}

TEST_CASE("an unknown package goes with the known one of nearest name", "[corpora]") {
  const SourcePackages sources{{"linux-image-6.1-amd64", "linux"}, {"lintian", "lintian"}};
  CHECK(package_family("linux-image-4kc-malta", sources) == "linux");
  CHECK(package_family("zoo-data", sources) == "zoo");
}

}  // namespace rondo
