#include "models/loss.h"
#include "models/seq2seq.h"
#include "tests/models/small_translator.h"
#include "tests/support/operator_count.h"

namespace rondo {
namespace {

// Sentences of one length on either side, forward, loss and backward.
int64_t operators_of_update(Seq2Seq& model, int64_t source_steps, int64_t target_steps) {
  constexpr int64_t kSentences = 3;
  const auto tokens = [](int64_t steps) {
    return torch::randint(1, kSmallVocab, {steps, kSentences}, torch::kInt64);
  };
  const auto source = tokens(source_steps), target = tokens(target_steps);
  const auto lengths = torch::full({kSentences}, source_steps, torch::kInt64);
  return operators_of([&] {
    const auto features = model->forward(source, lengths, target).features.flatten(0, 1);
    linear_cross_entropy(features, torch::ones({kSmallVocab, features.size(1)}),
                         torch::zeros({kSmallVocab}), target.flatten(), 0.1)
        .sum.backward();
  });
}

}  // namespace

// What input feeding and bahdanau attend to depends on the step before: forward and backward, a
// step takes 31 to 39 calls by cell. Elsewhere all steps share one call.
TEST_CASE("an update calls as many operators for long sentences as for short ones", "[models]") {
  constexpr int64_t kMostAStep = 40;
  torch::manual_seed(5);
  const Seq2SeqOptions options = any_small_translator();
  Seq2Seq model(options);
  model->train();
  const bool loops = options.decoder.input_feeding || options.decoder.type == DecoderType::bahdanau;
  INFO("decoder " << static_cast<int>(options.decoder.type) << ", cell "
                  << static_cast<int>(options.decoder.rnn_type));
  operators_of_update(model, 5, 4);  // makes the gradients' tensors
  const int64_t brief = operators_of_update(model, 5, 4);
  const int64_t of_source = operators_of_update(model, 40, 4) - brief;
  const int64_t of_target = operators_of_update(model, 5, 30) - brief;
  CHECK(of_source == 0);
  CHECK(of_target <= (loops ? 26 * kMostAStep : 0));
}

}  // namespace rondo
