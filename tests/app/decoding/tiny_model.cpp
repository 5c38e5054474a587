#include "tests/app/decoding/tiny_model.h"

#include <algorithm>

#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

// [time, batch], each sentence between what comes before and after it.
torch::Tensor padded(const Sentences& sentences, std::vector<int64_t> before,
                     std::vector<int64_t> after, int64_t padding) {
  int64_t longest = 0;
  for (const auto& ids : sentences) longest = std::max<int64_t>(longest, ids.size());
  const auto time = longest + static_cast<int64_t>(before.size() + after.size()) + padding;
  auto tokens = torch::full({time, static_cast<int64_t>(sentences.size())}, kPadId, torch::kInt64);
  for (size_t column = 0; column < sentences.size(); ++column) {
    auto ids = before;
    ids.insert(ids.end(), sentences[column].begin(), sentences[column].end());
    ids.insert(ids.end(), after.begin(), after.end());
    tokens.select(1, column).narrow(0, 0, ids.size()).copy_(torch::tensor(ids));
  }
  return tokens;
}

torch::Tensor lengths_of(const Sentences& sentences) {
  std::vector<int64_t> lengths;
  for (const auto& ids : sentences) lengths.push_back(static_cast<int64_t>(ids.size()) + 1);
  return torch::tensor(lengths);
}

}  // namespace

Seq2Seq tiny_model(DecoderType type, int64_t vocab_size, uint64_t seed) {
  torch::manual_seed(seed);
  Seq2SeqOptions options;
  options.encoder = {.vocab_size = vocab_size, .embedding_dim = 8, .hidden_size = 6};
  options.decoder = {.type = type,
                     .vocab_size = vocab_size,
                     .embedding_dim = 8,
                     .hidden_size = 10,
                     .num_layers = 2};
  Seq2Seq model(options);
  torch::NoGradGuard no_grad;
  for (auto& parameter : model->parameters()) parameter.mul_(1.7);
  return model;
}

Sentences random_sentences(int64_t count, int64_t longest, int64_t vocab_size, uint64_t seed) {
  torch::manual_seed(seed);
  Sentences sentences;
  for (int64_t i = 0; i < count; ++i) {
    const auto length = torch::randint(1, longest + 1, {1}).item<int64_t>();
    const auto ids = torch::randint(kSpecialTokens, vocab_size, {length}, torch::kInt64);
    sentences.emplace_back(ids.data_ptr<int64_t>(), ids.data_ptr<int64_t>() + length);
  }
  return sentences;
}

SearchInput search_input(const Sentences& sources, int64_t padding) {
  return {.source = padded(sources, {}, {kEosId}, padding), .lengths = lengths_of(sources)};
}

Batch pair_batch(const Sentences& sources, const Sentences& targets) {
  Batch batch;
  batch.source = padded(sources, {}, {kEosId}, 0);
  batch.source_lengths = lengths_of(sources);
  batch.target_in = padded(targets, {kBosId}, {}, 0);
  batch.target_out = padded(targets, {}, {kEosId}, 0);
  batch.target_lengths = lengths_of(targets);
  batch.target_tokens = batch.target_lengths.sum().item<int64_t>();
  return batch;
}

}  // namespace rondo
