#pragma once

#include <string>
#include <vector>

#include "app/data/labelled_options.h"

namespace rondo {

// The texts of a file, whatever else its records hold; labels need not be there. Throws DataError
// with file:line at the first bad record (unless on_error is skip), and where there is no text.
std::vector<std::string> read_texts(const std::string& path, const LabelledDataOptions& options);

}  // namespace rondo
