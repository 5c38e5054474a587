#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "app/decoding/line_report.h"
#include "app/decoding/options.h"
#include "tokenizers/token_table.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// Lines in the ids that are searched: mostly one part a line, none for an empty line, several for
// a line longer than max_input_length.
struct SourceParts {
  TokenTable ids;  // [parts], </s> not included
  std::vector<int64_t>
      first_part;  // [lines + 1]; line i has parts [first_part[i], first_part[i + 1])
};

// Any bytes are accepted; what was done to odd lines is added to report.
SourceParts make_source_parts(std::span<const std::string> lines, const Tokenizer& tokenizer,
                              const TestingOptions& options, LineReport& report);

}  // namespace rondo
