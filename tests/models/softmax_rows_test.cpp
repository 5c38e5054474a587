#include "models/softmax_rows.h"

#include <limits>

#include "models/output_partition.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

struct SoftmaxResult {
  torch::Tensor probabilities, log_sum, column_sums;
};

// logits [rows, vocab] in float32 or bfloat16.
SoftmaxResult softmax_result(const torch::Tensor& logits, const torch::Tensor& bias) {
  SoftmaxResult result{logits.clone(), torch::empty({logits.size(0)}),
                       torch::zeros({logits.size(1)})};
  auto scratch = torch::empty({logits.size(1)});
  const auto run = [&]<class T>(T* scores) {
    softmax_rows(SoftmaxBlock<T>{.scores = scores,
                                 .bias = bias.data_ptr<float>(),
                                 .rows = logits.size(0),
                                 .vocab = logits.size(1),
                                 .log_sum = result.log_sum.data_ptr<float>(),
                                 .column_sums = result.column_sums.data_ptr<float>(),
                                 .scratch = scratch.data_ptr<float>()});
  };
  if (logits.scalar_type() == torch::kFloat) {
    run(static_cast<float*>(result.probabilities.data_ptr()));
  } else {
    run(static_cast<uint16_t*>(result.probabilities.data_ptr()));
  }
  return result;
}

}  // namespace

TEST_CASE("the rows' softmax equals torch's in float32", "[models]") {
  const int64_t vocab = GENERATE(1, 7, 16, 100);
  torch::manual_seed(2);
  const auto logits = torch::randn({5, vocab}) * 8, bias = torch::randn({vocab});
  const auto result = softmax_result(logits, bias);
  const auto expected = torch::softmax(logits + bias, 1);
  require_close(result.probabilities, expected, 1e-6);
  require_close(result.log_sum, (logits + bias).logsumexp(1), 1e-5);
  require_close(result.column_sums, expected.sum(0), 1e-5);
}

TEST_CASE("the rows' softmax rounds to bfloat16 as torch does", "[models]") {
  torch::manual_seed(2);
  const auto logits = (torch::randn({5, 77}) * 4).to(torch::kBFloat16);
  const auto bias = torch::randn({77});
  const auto result = softmax_result(logits, bias);
  const auto exact = logits.to(torch::kFloat) + bias;
  require_close(result.log_sum, exact.logsumexp(1), 1e-5);
  require_close(result.column_sums, torch::softmax(exact, 1).sum(0), 1e-5);
  // Half a unit in the last of 8 bits.
  const auto expected = torch::softmax(exact, 1);
  const auto error = (result.probabilities.to(torch::kFloat) - expected).abs() / expected;
  CHECK(error.max().item<double>() < 1.001 / 256);
}

TEST_CASE("far logits neither overflow nor lose the greatest", "[models]") {
  const auto logits = torch::tensor({{1e4F, -1e4F, 1e4F}, {-3e38F, -3e38F, -3e38F}});
  const auto result = softmax_result(logits, torch::zeros({3}));
  require_close(result.probabilities,
                torch::tensor({{0.5F, 0.0F, 0.5F}, {1 / 3.0F, 1 / 3.0F, 1 / 3.0F}}), 1e-6);
}

TEST_CASE("a logit that is no number makes its row none, and no other", "[models]") {
  const float bad =
      GENERATE(std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity());
  auto logits = torch::zeros({2, 20});
  logits[0][13] = bad;
  const auto result = softmax_result(logits, torch::zeros({20}));
  CHECK_FALSE(std::isfinite(result.log_sum[0].item<float>()));
  CHECK(result.log_sum[1].item<double>() == Approx(std::log(20.0)));
}

TEST_CASE("small vocabularies are seen in chunks of many tokens, large ones of 512", "[models]") {
  CHECK(chunk_for(1000000) == 512);
  CHECK(chunk_for(8000) > 1200);
  CHECK(chunk_for(0) > 0);
}

}  // namespace rondo
