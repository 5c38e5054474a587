#include <random>
#include <sstream>

#include "tests/app/config/minimal_config.h"
#include "tests/support/catch.h"

// Claims about every key there is, made by changing one line of a complete configuration.
namespace rondo {
namespace {

std::vector<std::string> complete_config() {
  Experiment experiment = minimal_with({"data.test=text/test"});
  experiment.model.encoder.vocab_size = experiment.model.decoder.vocab_size = 8000;
  std::istringstream yaml(to_yaml(experiment));
  std::vector<std::string> lines;
  for (std::string line; std::getline(yaml, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

bool is_section(const std::string& line) { return line.ends_with(':'); }
std::string indent_of(const std::string& line) {
  return std::string(line.find_first_not_of(' '), ' ');
}

// Calls check(changed config, line) once a line, where change edits that line or adds to it.
template <class Change, class Check>
void for_each_line(const Change& change, const Check& check) {
  const std::vector<std::string> lines = complete_config();
  REQUIRE(lines.size() > 80);
  for (size_t i = 0; i < lines.size(); ++i) {
    std::vector<std::string> changed = lines;
    if (!change(changed, i)) continue;
    CAPTURE(lines[i]);
    check(error_of(joined(changed)), "x.yaml:" + std::to_string(i + 1) + ": ");
  }
}

}  // namespace

TEST_CASE("an unknown key is rejected wherever it stands", "[config]") {
  for_each_line(
      [](auto& lines, size_t i) {
        lines.insert(lines.begin() + i, indent_of(lines[i]) + "zzzzzzzzzzzz: 1");
        return true;
      },
      [](const std::string& error, const std::string& place) {
        CHECK(error.starts_with(place));
        CHECK(error.ends_with("zzzzzzzzzzzz: unknown key"));
      });
}

TEST_CASE("every key is found again behind a typing slip", "[config]") {
  for_each_line(
      [](auto& lines, size_t i) {
        const size_t colon = lines[i].find(':');
        lines[i].insert(colon, 1, lines[i][colon - 1]);
        return true;
      },
      [](const std::string& error, const std::string& place) {
        CHECK(error.starts_with(place));
        CHECK(error.find(": unknown key; did you mean ") != std::string::npos);
      });
}

TEST_CASE("every key given twice is rejected", "[config]") {
  for_each_line(
      [](auto& lines, size_t i) {
        if (is_section(lines[i])) return false;
        lines.insert(lines.begin() + i, lines[i]);
        return true;
      },
      [](const std::string& error, const std::string& place) {
        CHECK(error.find(": given twice; first on line ") != std::string::npos);
      });
}

TEST_CASE("no value may be a section, nor a list of three but where names are listed", "[config]") {
  for (const std::string wrong : {" {a: 1}", " [1, 2, 3]"}) {
    for_each_line(
        [&](auto& lines, size_t i) {
          const bool names = lines[i].ends_with(" freeze: []") && wrong.starts_with(" [");
          if (is_section(lines[i]) || names) return false;
          lines[i].replace(lines[i].find(':') + 1, std::string::npos, wrong);
          return true;
        },
        [&](const std::string& error, const std::string& place) {
          CHECK(error.starts_with(place));
          CHECK(error.find(": expected ") != std::string::npos);
        });
  }
}

TEST_CASE("a damaged file is read or refused, never anything else", "[config]") {
  const std::string whole = joined(complete_config());
  const std::string bytes = "\n\t :,-#[]{}'\"&*!|>%@`\\\x80\xff?0a";
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    std::string damaged = whole;
    for (int change = 0; change < 3; ++change) {
      damaged[random() % damaged.size()] = bytes[random() % bytes.size()];
    }
    CAPTURE(damaged);
    CHECK_NOTHROW(error_of(damaged));
  }
}

TEST_CASE("a section with every line commented out leaves its defaults", "[config]") {
  CHECK(parse_experiment(kMinimalConfig + "training:\n  # batch_size: 3\n", "x.yaml") ==
        minimal_with({}));
}

}  // namespace rondo
