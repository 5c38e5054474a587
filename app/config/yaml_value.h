#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/config/range.h"

namespace YAML {
class Node;
}

// One YAML value <-> one C++ value. Throws ValueError, which knows nothing of files or keys.
namespace rondo {

// What is wrong with a value: `expected a whole number, found "abc"`.
struct ValueError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Text from a file as it may stand in a message: one line, not too long.
std::string shown(std::string_view text);

ValueError wrong_type(std::string_view expected, const YAML::Node& found);

// The text of a scalar, whatever it looks like: 007 and no are text too.
std::string scalar_text(const YAML::Node& node, std::string_view expected);
bool read_bool(const YAML::Node& node);
bool is_digits(std::string_view text);

// T: int64_t, uint32_t, uint64_t or double.
template <class T>
T read_number(const YAML::Node& node, const Range& range);

// A list of count numbers, each in the range.
std::vector<double> read_numbers(const YAML::Node& node, size_t count, const Range& range);

// Text as a YAML scalar, quoted where any YAML reader might take it for something else.
std::string quoted_if_needed(std::string_view text);

}  // namespace rondo
