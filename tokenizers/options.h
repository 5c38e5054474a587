#pragma once

#include <cstdint>

namespace rondo {

enum class TokenizerModel { unigram, bpe, character, word };  // "char" in YAML

// How a SentencePiece model is trained (Kudo & Richardson 2018).
struct TokenizerOptions {
  TokenizerModel model_type = TokenizerModel::unigram;
  int64_t vocab_size = 8000;        // pieces, the four special tokens included
  bool joint = true;                // one model for source and target
  double character_coverage = 1.0;  // in [0.98, 1]; the rest becomes bytes or <unk>
  bool byte_fallback = false;       // unseen characters become their bytes instead of <unk>
  bool lowercase = false;
  int64_t input_sentence_size = 1'000'000;  // lines sampled for training; 0 = all
  int64_t num_threads = 0;                  // changes the model a little; 0 = 16, on any machine
  uint32_t random_seed = 42;
  double alpha = 0.0;       // subword sampling: unigram temperature or BPE-dropout; 0 = off
  int64_t nbest_size = -1;  // unigram sampling over the best n; -1 = over all

  bool operator==(const TokenizerOptions&) const = default;
};

}  // namespace rondo
