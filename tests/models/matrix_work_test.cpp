#include "models/matrix_work.h"

#include "tests/models/small_classifier.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

// A GRU of 3 a direction over vectors of 4, worked by hand.
ClassifierOptions tiny_gru(Pooling pooling) {
  ClassifierOptions options = small_classifier();
  options.encoder = {.vocab_size = 9,
                     .embedding_dim = 4,
                     .rnn_type = RnnType::gru,
                     .hidden_size = 3,
                     .num_layers = 1,
                     .bidirectional = true};
  options.pooling = pooling;
  options.attention_heads = 2;
  options.outputs = 5;
  return options;
}

constexpr double kEncoder = 2 * (9 * 4 + 9 * 3);  // directions, of [3 gates * 3, 4] and [9, 3]

}  // namespace

TEST_CASE("a classifier's products are its encoder's a token and its output's a text", "[models]") {
  Classifier network(tiny_gru(Pooling::max));
  const MatrixWork work = matrix_work(*network);
  CHECK(work.per_source_token == kEncoder);
  CHECK(work.per_sentence == 5 * 6);
  CHECK(work.per_target_token == 0);
  CHECK(training_flops(work, {.sentences = 2, .source_tokens = 10}) ==
        6 * (10 * kEncoder + 2 * 5 * 6));
}

TEST_CASE("attention pooling multiplies for each token, too", "[models]") {
  Classifier network(tiny_gru(Pooling::attention));
  const MatrixWork work = matrix_work(*network);
  const double hidden = 6 * 6, scores = 2 * 6, contexts = 2 * 6;
  CHECK(work.per_source_token == kEncoder + hidden + scores + contexts);
  CHECK(work.per_sentence == 5 * 2 * 6);
}

TEST_CASE("the members of an ensemble work each for itself", "[models]") {
  ClassifierOptions options = tiny_gru(Pooling::attention);
  Classifier alone(options);
  options.members = 3;
  Classifier together(options);
  CHECK(matrix_work(*together).per_source_token == 3 * matrix_work(*alone).per_source_token);
  CHECK(matrix_work(*together).per_sentence == 3 * matrix_work(*alone).per_sentence);
}

}  // namespace rondo
