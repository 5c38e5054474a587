#include "models/encoder.h"

#include "models/masking.h"
#include "tests/models/reference_case.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

constexpr int64_t kEncoderVocab = 9;

EncoderOptions small_encoder() {
  return {.vocab_size = kEncoderVocab,
          .embedding_dim = 5,
          .hidden_size = 4,
          .num_layers = 2,
          .dropout = 0.0,
          .embedding_dropout = 0.0};
}

torch::nn::Embedding embedding_of(const EncoderOptions& options) {
  return torch::nn::Embedding(options.vocab_size, options.embedding_dim);
}

Encoder encoder_of(const EncoderOptions& options) {
  return Encoder(options, embedding_of(options));
}

// The options under which each case of tests/reference/models/encoder was computed.
EncoderOptions reference_options(const std::string& name) {
  EncoderOptions options = small_encoder();
  options.hidden_size = 3;
  if (name.starts_with("rnn")) options.rnn_type = RnnType::rnn;
  if (name == "rnn_relu") options.nonlinearity = Nonlinearity::relu;
  if (name == "gru") options.rnn_type = RnnType::gru;
  if (name == "lstm_residual") {
    options.residual = true;
    options.num_layers = 3;
  }
  if (name == "gru_one_way") {
    options.rnn_type = RnnType::gru;
    options.bidirectional = false;
  }
  return options;
}

}  // namespace

TEST_CASE("an encoder returns a state a token, the last ones and the mask", "[models]") {
  EncoderOptions options = small_encoder();
  options.bidirectional = GENERATE(true, false);
  auto encoder = encoder_of(options);
  const auto output = encoder->forward(torch::randint(0, kEncoderVocab, {6, 3}), int64s({6, 1, 4}));
  const int64_t width = options.bidirectional ? 8 : 4;
  REQUIRE(encoder->output_size() == width);
  REQUIRE(output.states.sizes() == torch::IntArrayRef({6, 3, width}));
  REQUIRE(output.last.sizes() == torch::IntArrayRef({2, 3, width}));
  REQUIRE(torch::equal(output.mask, length_mask(int64s({6, 1, 4}), 6)));
}

TEST_CASE("an encoder equals PyTorch's packed layers on a ragged batch", "[models]") {
  const std::string name = GENERATE(as<std::string>{}, "rnn_tanh", "rnn_relu", "lstm", "gru",
                                    "lstm_residual", "gru_one_way");
  const ReferenceCase reference("encoder", name);
  const EncoderOptions options = reference_options(name);
  auto embedding = embedding_of(options);
  embedding->weight.set_data(reference.input("embedding"));
  Encoder encoder(options, embedding);
  reference.load_parameters(*encoder);

  const auto output = encoder->forward(reference.input("tokens"), reference.input("lengths"));
  const auto mask = output.mask.unsqueeze(-1);
  reference.require_output("states", output.states * mask);
  reference.require_output("last", output.last);
  // The gradient that flows into padding is zero, as it is after pad_packed_sequence.
  ((output.states * mask * reference.input("states_gradient")).sum() +
   (output.last * reference.input("last_gradient")).sum())
      .backward();
  reference.require_gradients(*encoder);
  require_close(embedding->weight.grad(), reference.gradient("embedding"));
}

TEST_CASE("padding appended to a source changes no real state", "[models]") {
  torch::manual_seed(1);
  EncoderOptions options = small_encoder();
  options.rnn_type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  auto encoder = encoder_of(options);
  const auto tokens = torch::randint(0, kEncoderVocab, {5, 2}, torch::kInt64);
  const auto lengths = int64s({5, 2});
  const auto tight = encoder->forward(tokens, lengths);
  const auto loose = encoder->forward(torch::cat({tokens, torch::full({3, 2}, 7)}), lengths);
  require_close(loose.last, tight.last, 1e-6);
  const auto mask = tight.mask.unsqueeze(-1);
  require_close(loose.states.narrow(0, 0, 5) * mask, tight.states * mask, 1e-6);
}

TEST_CASE("a sentence is encoded alone as it is beside a longer one", "[models]") {
  torch::manual_seed(2);
  auto encoder = encoder_of(small_encoder());
  const auto tokens = torch::randint(0, kEncoderVocab, {6, 2}, torch::kInt64);
  const auto both = encoder->forward(tokens, int64s({6, 3}));
  const auto alone = encoder->forward(tokens.narrow(0, 0, 3).narrow(1, 1, 1), int64s({3}));
  require_close(both.states.narrow(0, 0, 3).narrow(1, 1, 1), alone.states, 1e-6);
  require_close(both.last.narrow(1, 1, 1), alone.last, 1e-6);
}

TEST_CASE("a loss on the states reaches every parameter of the encoder", "[models]") {
  torch::manual_seed(3);
  EncoderOptions options = small_encoder();
  options.rnn_type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  options.residual = GENERATE(true, false);
  auto encoder = encoder_of(options);
  const auto output = encoder->forward(torch::randint(0, kEncoderVocab, {4, 2}), int64s({4, 2}));
  output.states.square().sum().backward();
  require_gradient_everywhere(*encoder);
}

TEST_CASE("dropout rests while an encoder is evaluated", "[models]") {
  EncoderOptions options = small_encoder();
  options.dropout = options.embedding_dropout = 0.5;
  auto encoder = encoder_of(options);
  const auto tokens = torch::randint(0, kEncoderVocab, {4, 2});
  const auto lengths = int64s({4, 2});
  encoder->eval();
  const auto first = encoder->forward(tokens, lengths).states;
  REQUIRE(torch::equal(first, encoder->forward(tokens, lengths).states));
  encoder->train();
  REQUIRE_FALSE(torch::equal(first, encoder->forward(tokens, lengths).states));
}

TEST_CASE("dropout keeps the expected state of a layer", "[models]") {
  torch::manual_seed(4);
  EncoderOptions options = small_encoder();
  options.num_layers = 1;
  options.dropout = 0.4;
  auto encoder = encoder_of(options);
  // 4000 copies of one sentence: the mean over them is the expectation.
  const auto tokens = int64s({1, 2, 3}).unsqueeze(1).expand({3, 4000});
  const auto lengths = torch::full({4000}, 3, torch::kInt64);
  torch::NoGradGuard no_grad;
  const auto trained = encoder->forward(tokens, lengths).states.mean(1);
  encoder->eval();
  const auto evaluated = encoder->forward(tokens, lengths).states.select(1, 0);
  require_close(trained, evaluated, 0.03);
}

TEST_CASE("encoding embedded tokens is encoding tokens", "[models]") {
  torch::manual_seed(5);
  const EncoderOptions options = small_encoder();
  Encoder encoder(options, embedding_of(options), /*embedding_scale=*/2.0);
  const auto tokens = torch::randint(0, kEncoderVocab, {4, 2}, torch::kInt64);
  const auto lengths = int64s({4, 2});
  const auto embedded = encoder->embed(tokens);
  REQUIRE(embedded.sizes() == torch::IntArrayRef({4, 2, 5}));
  const auto whole = encoder->forward(tokens, lengths), parts = encoder->encode(embedded, lengths);
  REQUIRE(torch::equal(parts.states, whole.states));
  REQUIRE(torch::equal(parts.last, whole.last));
  REQUIRE(torch::equal(parts.mask, whole.mask));
}

TEST_CASE("a layer's variational dropout is the same at every step", "[models]") {
  torch::manual_seed(6);
  EncoderOptions options = small_encoder();
  options.num_layers = 1;
  options.dropout = 0.5;
  options.variational_dropout = GENERATE(true, false);
  auto encoder = encoder_of(options);
  const auto tokens = torch::randint(0, kEncoderVocab, {6, 10}, torch::kInt64);
  const auto states = encoder->forward(tokens, torch::full({10}, 6, torch::kInt64)).states;
  const auto kept = states.ne(0);
  const bool same = torch::equal(kept, kept[0].unsqueeze(0).expand_as(kept));
  REQUIRE(same == options.variational_dropout);
  REQUIRE_FALSE(torch::equal(kept[0], kept[0][0].expand_as(kept[0])));
}

TEST_CASE("word dropout reads a token as nothing or as itself scaled up", "[models]") {
  torch::manual_seed(7);
  EncoderOptions options = small_encoder();
  options.word_dropout = 0.5;
  auto encoder = encoder_of(options);
  const auto lengths = torch::ones({400}, torch::kInt64);
  const auto embedded = encoder->embed(torch::full({1, 400}, 3, torch::kInt64));
  const auto trained = encoder->encode(embedded, lengths).states;
  encoder->eval();
  const auto differs_from = [&](const torch::Tensor& read) {
    return (trained - encoder->encode(read, lengths).states).abs().amax(-1).gt(1e-6);
  };
  const auto heard = differs_from(torch::zeros_like(embedded));
  REQUIRE(torch::equal(heard, differs_from(embedded * 2).logical_not()));
  REQUIRE(heard.to(torch::kFloat64).mean().item<double>() == Approx(0.5).margin(0.1));
}

TEST_CASE("weight dropout draws new recurrent weights for each pass in training", "[models]") {
  torch::manual_seed(8);
  EncoderOptions options = small_encoder();
  options.rnn_type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  const auto names = encoder_of(options)->named_parameters().keys();
  options.weight_dropout = 0.5;
  auto encoder = encoder_of(options);
  REQUIRE(encoder->named_parameters().keys() == names);
  const auto tokens = torch::randint(0, kEncoderVocab, {5, 2}, torch::kInt64);
  const auto states = [&] { return encoder->forward(tokens, int64s({5, 3})).states; };
  const auto first = states();
  REQUIRE_FALSE(torch::equal(first, states()));
  first.square().sum().backward();
  require_gradient_everywhere(*encoder);
  encoder->eval();
  REQUIRE(torch::equal(states(), states()));
}

TEST_CASE("an encoder whose dropouts are all 0 draws no number in training", "[models]") {
  EncoderOptions options = small_encoder();
  options.variational_dropout = GENERATE(false, true);
  auto encoder = encoder_of(options);
  torch::manual_seed(9);
  const auto expected = torch::rand({1});
  torch::manual_seed(9);
  encoder->forward(torch::zeros({4, 2}, torch::kInt64), int64s({4, 2}));
  REQUIRE(torch::equal(torch::rand({1}), expected));
}

TEST_CASE("layer norm gives each direction's states a mean of 0 and a variance of 1", "[models]") {
  torch::manual_seed(10);
  EncoderOptions options = small_encoder();
  options.layer_norm = true;
  auto encoder = encoder_of(options);
  const auto lengths = int64s({5, 2});
  const auto output = encoder->forward(torch::randint(0, kEncoderVocab, {5, 2}), lengths);
  const auto halves = output.states.view({5, 2, 2, 4});
  require_close(halves.mean(-1), torch::zeros({5, 2, 2}));
  require_close(halves.var(-1, /*unbiased=*/false), torch::ones({5, 2, 2}), 0.02);
  // The last states are those of the two ends, as normalised.
  const auto top = output.last[1].view({2, 2, 4});
  for (int64_t i = 0; i < 2; ++i) {
    require_close(top[i][0], halves[lengths[i].item<int64_t>() - 1][i][0]);
    require_close(top[i][1], halves[0][i][1]);
  }
}

TEST_CASE("a normalised forward state knows nothing of what comes", "[models]") {
  torch::manual_seed(11);
  EncoderOptions options = small_encoder();
  options.num_layers = 1;
  options.layer_norm = true;
  auto encoder = encoder_of(options);
  auto tokens = torch::randint(0, kEncoderVocab, {5, 1}, torch::kInt64);
  const auto forward = [&] { return encoder->forward(tokens, int64s({5})).states.narrow(2, 0, 4); };
  const auto before = forward();
  tokens[4][0] = (tokens[4][0] + 1) % kEncoderVocab;
  const auto after = forward();
  REQUIRE(torch::equal(after.narrow(0, 0, 4), before.narrow(0, 0, 4)));
  REQUIRE_FALSE(torch::equal(after[4], before[4]));
}

TEST_CASE("padding changes no state of a normalised encoder", "[models]") {
  torch::manual_seed(12);
  EncoderOptions options = small_encoder();
  options.layer_norm = true;
  options.residual = GENERATE(true, false);
  auto encoder = encoder_of(options);
  const auto tokens = torch::randint(0, kEncoderVocab, {5, 2}, torch::kInt64);
  const auto tight = encoder->forward(tokens, int64s({5, 2}));
  const auto loose = encoder->forward(torch::cat({tokens, torch::full({3, 2}, 7)}), int64s({5, 2}));
  require_close(loose.last, tight.last, 1e-6);
  const auto mask = tight.mask.unsqueeze(-1);
  require_close(loose.states.narrow(0, 0, 5) * mask, tight.states * mask, 1e-6);
}

TEST_CASE("a loss on the last states alone reaches the norm of the top layer", "[models]") {
  torch::manual_seed(13);
  EncoderOptions options = small_encoder();
  options.layer_norm = true;
  auto encoder = encoder_of(options);
  const auto output = encoder->forward(torch::randint(0, kEncoderVocab, {4, 2}), int64s({4, 2}));
  output.last[-1].pow(3).sum().backward();
  const auto names = encoder->named_parameters();
  for (const auto* name : {"norm_1.weight", "norm_1.bias"}) {
    REQUIRE(names[name].grad().abs().sum().item<double>() > 0);
  }
}

}  // namespace rondo
