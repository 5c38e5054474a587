#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "app/data/parallel_corpus.h"

namespace rondo {

// The pairs of a chunk, their counts included and their text left out, in few bytes: every number
// and id takes 7 bits a byte, lowest first, so that the ids of the commonest 128 pieces take one
// and almost all others two.
std::string encoded_tokens(const ParallelCorpus& chunk);

// Throws DataError where the bytes are no such chunk.
ParallelCorpus decoded_tokens(std::string_view bytes);

}  // namespace rondo
