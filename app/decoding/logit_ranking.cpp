#include "app/decoding/logit_ranking.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "tokenizers/special_tokens.h"

namespace rondo {
namespace {

RankedTokens rank_here(const torch::Tensor& logits, int64_t each, const BannedTokens& banned) {
  const int64_t rows = logits.size(0), vocab = logits.size(1);
  const float* const data = logits.data_ptr<float>();
  TokenRanking ranking(rows, each);
  at::parallel_for(0, rows, 16, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r) {
      ranking.add(r, 0, {data + r * vocab, static_cast<size_t>(vocab)}, banned);
    }
  });
  return std::move(ranking).finish();
}

void ban(torch::Tensor& log_probs, const BannedTokens& banned) {
  constexpr double kBannedLogit = -std::numeric_limits<double>::infinity();
  for (const int32_t token : banned.everywhere) log_probs.select(1, token).fill_(kBannedLogit);
  std::vector<int64_t> places;  // row * vocab + token
  for (size_t row = 0; row < banned.rows.size(); ++row) {
    for (const int32_t token : banned.rows[row]) {
      places.push_back(static_cast<int64_t>(row) * log_probs.size(1) + token);
    }
  }
  if (places.empty()) return;
  const auto index = torch::tensor(places, torch::kInt64).to(log_probs.device());
  log_probs.view(-1).index_fill_(0, index, kBannedLogit);
}

// One pass, and one small table that comes to the host.
RankedTokens rank_on_device(const torch::Tensor& logits, int64_t each, const BannedTokens& banned) {
  auto log_probs = torch::log_softmax(logits, 1).contiguous();
  const auto ends = log_probs.narrow(1, kEosId, 1).clone();
  ban(log_probs, banned);
  auto [best, tokens] = log_probs.topk(each, 1);
  const auto table =
      torch::cat({best.to(torch::kDouble), tokens.to(torch::kDouble), ends.to(torch::kDouble)}, 1)
          .cpu();
  RankedTokens ranked{.each = each};
  for (int64_t row = 0; row < table.size(0); ++row) {
    const double* const values = table.data_ptr<double>() + row * table.size(1);
    ranked.log_probs.insert(ranked.log_probs.end(), values, values + each);
    ranked.tokens.insert(ranked.tokens.end(), values + each, values + 2 * each);
    ranked.ends.push_back(static_cast<float>(values[2 * each]));
  }
  return ranked;
}

// Columns of logits that stay in the second cache until they are ranked.
constexpr int64_t kLogitsAtOnce = 1 << 17;

// The logits of the panels [begin, end), ranked.
void rank_panels(const PackedMatrix& matrix, SmallProduct product, int64_t begin, int64_t end,
                 const BannedTokens& banned, TokenRanking& ranking) {
  const int64_t width = matrix.panel_width();
  const int64_t most = std::max<int64_t>(product.count, 1) * width;
  const int64_t step = std::clamp<int64_t>(kLogitsAtOnce / most, 1, end - begin);
  std::vector<float> logits(static_cast<size_t>(product.count * step * width));
  product.y_stride = step * width;
  for (int64_t panel = begin; panel < end; panel += step) {
    const int64_t last = std::min(panel + step, end), first = panel * width;
    const int64_t columns = std::min(last * width, matrix.rows()) - first;
    product.y = logits.data() - first;  // the product writes to y + first
    matrix.multiply(product, panel, last);
    for (int64_t row = 0; row < product.count; ++row) {
      ranking.add(row, static_cast<int32_t>(first),
                  {logits.data() + row * product.y_stride, static_cast<size_t>(columns)}, banned);
    }
  }
}

}  // namespace

RankedTokens rank_products(const torch::Tensor& features, const PackedLinear& output, int64_t each,
                           const BannedTokens& banned) {
  const PackedMatrix& matrix = output.matrix();
  const auto x = features.to(torch::kFloat).contiguous();
  const SmallProduct product{.x = x.const_data_ptr<float>(),
                             .x_stride = matrix.columns(),
                             .count = x.size(0),
                             .bias = output.bias()};
  const int64_t panels = matrix.panels();
  const int64_t threads = at::in_parallel_region() ? 1 : at::get_num_threads();
  const int64_t shares = std::clamp<int64_t>(threads, 1, panels);
  std::vector<TokenRanking> rankings(static_cast<size_t>(shares),
                                     TokenRanking(x.size(0), std::min(each, matrix.rows())));
  at::parallel_for(0, shares, 1, [&](int64_t begin, int64_t end) {
    for (int64_t share = begin; share < end; ++share) {
      rank_panels(matrix, product, panels * share / shares, panels * (share + 1) / shares, banned,
                  rankings[static_cast<size_t>(share)]);
    }
  });
  for (size_t share = 1; share < rankings.size(); ++share) rankings[0].merge(rankings[share]);
  return std::move(rankings[0]).finish();
}

RankedTokens rank_logits(const torch::Tensor& logits, int64_t each, const BannedTokens& banned) {
  each = std::min(each, logits.size(1));
  if (!logits.device().is_cpu()) return rank_on_device(logits, each, banned);
  return rank_here(logits.to(torch::kFloat).contiguous(), each, banned);
}

}  // namespace rondo
