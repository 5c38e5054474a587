#pragma once

#include <cstdint>

#include "app/data/options.h"

namespace rondo {

// About how many bytes a parallel text takes when it is loaded, by the size of its files: its lines
// and, beside them, their ids. 0 for files that are not there.
int64_t loaded_bytes(const ParallelFiles& files);

// Whether the training texts are streamed.
bool is_streamed(const DataOptions& data);

}  // namespace rondo
