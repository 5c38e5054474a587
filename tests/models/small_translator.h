#pragma once

#include "models/options.h"
#include "tests/support/tensor_checks.h"

namespace rondo {

constexpr int64_t kSmallVocab = 9;

// A bidirectional encoder and a decoder of a few units, without dropout. Every attention type fits:
// the decoder is as wide as the memory.
inline Seq2SeqOptions small_translator() {
  Seq2SeqOptions options;
  options.encoder = {.vocab_size = kSmallVocab,
                     .embedding_dim = 5,
                     .hidden_size = 4,
                     .dropout = 0.0,
                     .embedding_dropout = 0.0};
  options.decoder = {.vocab_size = kSmallVocab,
                     .embedding_dim = 5,
                     .hidden_size = 8,
                     .dropout = 0.0,
                     .embedding_dropout = 0.0,
                     .output_dropout = 0.0};
  return options;
}

// Every decoder type (luong with and without input feeding) with every kind of recurrence.
inline Seq2SeqOptions any_small_translator() {
  Seq2SeqOptions options = small_translator();
  struct Kind {
    DecoderType type;
    bool input_feeding;
  };
  const auto kind = GENERATE(Kind{DecoderType::gnmt, false}, Kind{DecoderType::luong, false},
                             Kind{DecoderType::luong, true}, Kind{DecoderType::bahdanau, false},
                             Kind{DecoderType::vanilla, false});
  options.decoder.type = kind.type;
  options.decoder.input_feeding = kind.input_feeding;
  options.decoder.rnn_type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  return options;
}

// Three ragged sentences of random tokens: source [5, 3], target [4, 3].
struct SmallBatch {
  torch::Tensor source = torch::randint(0, kSmallVocab, {5, 3}, torch::kInt64);
  torch::Tensor source_lengths = int64s({5, 2, 4});
  torch::Tensor target_in = torch::randint(0, kSmallVocab, {4, 3}, torch::kInt64);
};

}  // namespace rondo
