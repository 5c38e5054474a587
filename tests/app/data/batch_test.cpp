#include "app/data/batch.h"

#include "tests/support/catch_torch.h"
#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

TokenTable table_of(const std::vector<std::vector<int32_t>>& lines) {
  TokenTable table;
  for (const auto& line : lines) table.push_back(line);
  return table;
}

torch::Tensor rows(std::vector<std::vector<int64_t>> values) {
  std::vector<torch::Tensor> tensors;
  for (const auto& row : values) tensors.push_back(torch::tensor(row, torch::kInt64));
  return torch::stack(tensors);
}

TEST_CASE("a batch is [time, batch], with <s> before, </s> after and padding last", "[batch]") {
  const TokenTable source = table_of({{10, 11, 12}, {13}, {99}});
  const TokenTable target = table_of({{20}, {21, 22}, {99, 99, 99, 99}});
  const Batch batch = make_batch(source, target, std::vector<int64_t>{1, 0});
  const int64_t pad = kPadId, bos = kBosId, eos = kEosId;
  CHECK(batch.size() == 2);
  CHECK(torch::equal(batch.source, rows({{13, 10}, {eos, 11}, {pad, 12}, {pad, eos}})));
  CHECK(torch::equal(batch.source_lengths, torch::tensor({2, 4}, torch::kInt64)));
  CHECK(torch::equal(batch.target_in, rows({{bos, bos}, {21, 20}, {22, pad}})));
  CHECK(torch::equal(batch.target_out, rows({{21, 20}, {22, eos}, {eos, pad}})));
  CHECK(torch::equal(batch.target_lengths, torch::tensor({3, 2}, torch::kInt64)));
  CHECK(batch.target_tokens == 5);
}

TEST_CASE("an empty line is </s> alone", "[batch]") {
  const TokenTable source = table_of({{}});
  const SourceBatch batch = make_source_batch(source, std::vector<int64_t>{0});
  CHECK(torch::equal(batch.tokens, rows({{kEosId}})));
  CHECK(batch.lengths.item<int64_t>() == 1);
}

}  // namespace
}  // namespace rondo
