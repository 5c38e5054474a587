#pragma once

#include <string>

#include "app/config/experiment.h"

namespace rondo {

// A line for each text that training and validation read, with a hash of its bytes: equal where two
// workers have the same texts, wherever they lie. Throws DataError where one cannot be read.
std::string text_fingerprint(const Experiment& experiment);

}  // namespace rondo
