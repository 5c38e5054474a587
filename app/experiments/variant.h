#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/experiments/key_group.h"

namespace rondo {

// A key and the values it is to be tried with: --vary KEY[+KEY]=VALUE,VALUE.
struct Variation {
  KeyGroup group{};
  std::vector<std::string> values{};
};

// One experiment among those that are compared.
struct Variant {
  std::string name{};   // "rnn_type=gru,dropout=0.3": its folder, and its line in a table
  std::string label{};  // "gru, 0.3": beside a curve
  std::vector<std::string> settings{};  // "key=value", a line each
};

// Throws ConfigError for no value, the same value twice, or keys as label_groups says.
std::vector<Variation> parse_variations(std::span<const std::string> texts);

// Every combination, the last key changing fastest.
std::vector<Variant> grid_of(const std::vector<Variation>& variations);

// One that changes what it likes: NAME:KEY=VALUE;KEY=VALUE. Throws ConfigError for another form.
Variant parse_variant(const std::string& text);

// Every combination of one item of each list, the last list changing fastest.
std::vector<std::vector<std::string>> combinations(
    const std::vector<std::vector<std::string>>& lists);

// As the name of a folder: other signs become '-', and a long name is cut.
std::string folder_name(const std::string& name);

}  // namespace rondo
