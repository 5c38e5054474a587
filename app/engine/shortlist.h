#pragma once

#include <string>

#include "app/alignment/alignment_model.h"

namespace rondo {

struct ShortlistArguments {
  std::string model, source, target, output;
  RowLimits limits;
  AlignmentOptions alignment;
};

// Learns which target pieces each source piece may become.
void run_shortlist(const ShortlistArguments& arguments);

}  // namespace rondo
