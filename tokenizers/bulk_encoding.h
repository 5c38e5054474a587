#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "tokenizers/token_table.h"
#include "tokenizers/tokenizer.h"

namespace rondo {

// encode of every line, in order, on num_threads threads (0 = all cores).
TokenTable encode_all(const Tokenizer& tokenizer, std::span<const std::string> lines,
                      int64_t num_threads = 0);

// encode_sampled of every line: a function of (lines, seed, epoch) alone, whatever the machine and
// whatever was sampled before.
TokenTable encode_all_sampled(const Tokenizer& tokenizer, std::span<const std::string> lines,
                              uint64_t seed, int64_t epoch);

}  // namespace rondo
