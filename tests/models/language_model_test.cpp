#include "models/language_model.h"

#include <cmath>

#include "models/classifier.h"
#include "tests/support/catch_torch.h"

namespace {

rondo::ClassifierOptions small(bool bidirectional) {
  rondo::ClassifierOptions options;
  options.encoder = {.vocab_size = 11, .embedding_dim = 6, .hidden_size = 5};
  options.encoder.bidirectional = bidirectional;
  options.encoder.dropout = options.encoder.embedding_dropout = options.output_dropout = 0;
  options.outputs = 2;
  return options;
}

rondo::LossSum loss_of(rondo::LanguageModel& model, const torch::Tensor& tokens,
                       const std::vector<int64_t>& lengths) {
  return model->loss(tokens, torch::tensor(lengths), {});
}

}  // namespace

TEST_CASE("a language model predicts every token but the first, and back", "[models]") {
  torch::manual_seed(3);
  const auto tokens = torch::tensor({{4, 5}, {6, 3}, {3, 0}});
  rondo::LanguageModel ahead(small(false)), both(small(true));
  CHECK(loss_of(ahead, tokens, {3, 2}).tokens == 3);
  CHECK(loss_of(both, tokens, {3, 2}).tokens == 6);
  // Untrained, its guesses are nearly even.
  const auto loss = loss_of(both, tokens, {3, 2});
  CHECK(loss.nll.item<double>() / 6 == Approx(std::log(11)).epsilon(0.1));
}

TEST_CASE("neither padding nor a predicted token is read by a language model", "[models]") {
  torch::manual_seed(4);
  auto options = small(true);
  options.encoder.layer_norm = GENERATE(false, true);
  rondo::LanguageModel model(options);
  model->eval();
  const auto tokens = torch::tensor({{4, 5}, {6, 3}, {3, 0}});
  const auto padded = torch::constant_pad_nd(tokens, {0, 0, 0, 4});
  CHECK(loss_of(model, padded, {3, 2}).nll.item<float>() ==
        Approx(loss_of(model, tokens, {3, 2}).nll.item<float>()));
  // The last token of a sentence is only ever predicted by the forward direction: which one it is
  // changes the loss by its own probability alone, so the probabilities of all of them sum to one.
  rondo::LanguageModel ahead(small(false));
  ahead->eval();
  double sum = 0;
  for (int64_t last = 0; last < 11; ++last) {
    sum += std::exp(-loss_of(ahead, torch::tensor({{int64_t{4}}, {last}}), {2}).nll.item<double>());
  }
  CHECK(sum == Approx(1));
}

TEST_CASE("sentences of one token have nothing to predict", "[models]") {
  rondo::LanguageModel model(small(true));
  const auto loss = loss_of(model, torch::tensor({{3, 3}}), {1, 1});
  CHECK(loss.tokens == 0);
  CHECK(loss.sum.item<float>() == 0);
}

TEST_CASE("two bidirectional layers are no language model", "[models]") {
  auto options = small(true);
  options.encoder.num_layers = 2;
  CHECK_THROWS_AS(rondo::LanguageModel(options), std::invalid_argument);
  options.encoder.bidirectional = false;
  CHECK_NOTHROW(rondo::LanguageModel(options));
}

TEST_CASE("a language model's encoder has a classifier's names and shapes", "[models]") {
  rondo::LanguageModel language(small(true));
  rondo::Classifier classifier(small(true));
  const auto ours = language->named_parameters(), theirs = classifier->named_parameters();
  for (const auto& item : theirs) {
    if (item.key().starts_with("pool") || item.key().starts_with("output")) continue;
    REQUIRE(ours.contains(item.key()));
    CHECK(ours[item.key()].sizes() == item.value().sizes());
  }
}

TEST_CASE("a language model's two passes diverge under dropout only", "[models]") {
  torch::manual_seed(5);
  auto options = small(true);
  options.output_dropout = 0.5;
  rondo::LanguageModel model(options);
  const auto tokens = torch::tensor({{4, 5}, {6, 3}, {3, 0}});
  const auto loss = [&](double alpha) {
    torch::manual_seed(6);
    return model->loss(tokens, torch::tensor({3, 2}), {.label_smoothing = 0.1, .alpha = alpha});
  };
  CHECK(loss(4).sum.item<double>() > loss(1e-9).sum.item<double>() * 1.0001);
  CHECK(loss(4).tokens == loss(0).tokens);
  model->eval();
  CHECK(loss(4).sum.item<double>() == Approx(loss(0).sum.item<double>()));
}
