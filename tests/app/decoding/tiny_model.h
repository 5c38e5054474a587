#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "app/data/batch.h"
#include "app/decoding/search.h"
#include "models/seq2seq.h"

namespace rondo {

inline constexpr DecoderType kDecoderTypes[] = {DecoderType::gnmt, DecoderType::luong,
                                                DecoderType::bahdanau, DecoderType::vanilla};

using Sentences = std::vector<std::vector<int64_t>>;  // ids, without <s> and </s>

// Random weights, the same for the same arguments, large enough that choices are clear.
Seq2Seq tiny_model(DecoderType type, int64_t vocab_size, uint64_t seed = 1);

// count sentences of 1 to longest ids drawn at random.
Sentences random_sentences(int64_t count, int64_t longest, int64_t vocab_size, uint64_t seed = 1);

// Padded to the longest and then by `padding` steps more.
SearchInput search_input(const Sentences& sources, int64_t padding = 0);
Batch pair_batch(const Sentences& sources, const Sentences& targets);

}  // namespace rondo
