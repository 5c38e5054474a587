#pragma once

#include <string>
#include <vector>

namespace rondo {

// Rows of a table, the first usually its headings.
using TextRows = std::vector<std::vector<std::string>>;

// A line a row: the first column set to the left, the others to the right, each as wide as its
// widest cell in code points, two spaces between them.
std::string text_table(const TextRows& rows);

// "0.1234"; "-" for not-a-number.
std::string fixed_digits(double value, int decimals = 4);

}  // namespace rondo
