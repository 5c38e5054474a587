// What an update costs in calls, which is the same on every machine, so that what was made fast
// stays so.
#include "models/loss.h"
#include "models/seq2seq.h"
#include "tests/models/small_translator.h"
#include "tests/support/catch_torch.h"
#include "tests/support/cost_counter.h"

namespace rondo {
namespace {

int64_t operators_of_update(Seq2Seq& model, int64_t source_steps, int64_t target_steps) {
  const auto source = torch::randint(4, kSmallVocab, {source_steps, 3}, torch::kInt64);
  const auto lengths = torch::tensor({source_steps, source_steps - 3, source_steps - 1});
  const auto target = torch::randint(4, kSmallVocab, {target_steps, 3}, torch::kInt64);
  model->zero_grad();
  const CostCounter cost;
  const auto features = model->forward(source, lengths, target).features.flatten(0, 1);
  DecoderImpl& decoder = model->decoder();
  linear_cross_entropy(features, decoder.output_weight(), decoder.output_bias(), target.flatten(),
                       0.1)
      .sum.backward();
  return cost.operators();
}

}  // namespace

TEST_CASE("an update's calls do not grow with its sentences", "[models]") {
  torch::manual_seed(3);
  Seq2Seq model(any_small_translator());
  operators_of_update(model, 5, 4);  // what is made once
  const int64_t few = operators_of_update(model, 5, 4);
  CAPTURE(few);
  CHECK(operators_of_update(model, 40, 30) <= few);
}

TEST_CASE("an update's calls are few", "[models]") {
  torch::manual_seed(3);
  Seq2SeqOptions options = small_translator();
  options.decoder.rnn_type = options.encoder.rnn_type = GENERATE(RnnType::lstm, RnnType::gru);
  Seq2Seq model(options);
  operators_of_update(model, 5, 4);
  CHECK(operators_of_update(model, 5, 4) <= 400);
}

}  // namespace rondo
