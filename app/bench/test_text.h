#pragma once

#include <string>
#include <vector>

#include "app/bench/cell.h"
#include "app/decoding/options.h"
#include "app/decoding/translator.h"

namespace rondo {

// The first lines of a cell's test text, as many as it asks for.
struct TestText {
  std::vector<std::string> sources{}, references{};
};
TestText read_test(const CellSettings& settings);

TestingOptions testing_of(const CellSettings& settings);

// Of the best translation of each line.
double bleu_of(const std::vector<std::vector<Translation>>& answers, const TestText& test);

}  // namespace rondo
