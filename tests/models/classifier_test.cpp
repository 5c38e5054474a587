#include "models/classifier.h"

#include <stdexcept>

#include "app/machine/precision.h"
#include "models/classification_loss.h"
#include "tests/models/reference_case.h"
#include "tests/models/small_classifier.h"
#include "tests/support/errors.h"
#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

struct NamedRecurrence {
  RnnType type;
  std::string name;  // in the reference cases
};

NamedRecurrence any_recurrence() {
  return GENERATE(NamedRecurrence{RnnType::rnn, "rnn_tanh"}, NamedRecurrence{RnnType::lstm, "lstm"},
                  NamedRecurrence{RnnType::gru, "gru"});
}

ClassifierOptions all_dropouts() {
  ClassifierOptions options = small_classifier();
  options.encoder.dropout = options.encoder.embedding_dropout = options.output_dropout = 0.3;
  options.encoder.word_dropout = options.encoder.weight_dropout = 0.3;
  options.encoder.variational_dropout = GENERATE(false, true);
  return options;
}

}  // namespace

TEST_CASE("a classifier gives logits a sentence, and weights where it attends", "[models]") {
  ClassifierOptions options = small_classifier();
  options.pooling = any_pooling().type;
  options.encoder.bidirectional = GENERATE(true, false);
  Classifier model(options);
  const SmallLabelledBatch batch;
  const auto output = model->forward(batch.tokens, batch.lengths);
  REQUIRE(output.logits.sizes() == torch::IntArrayRef({3, 3}));
  REQUIRE(output.attention.defined() == (options.pooling == Pooling::attention));
  if (output.attention.defined()) {
    REQUIRE(output.attention.sizes() == torch::IntArrayRef({3, 2, 5}));
  }
}

TEST_CASE("a classifier of one unit can be followed by hand", "[models]") {
  struct Case {
    Pooling type;
    float logit;
  };
  // relu(x_t + h_(t-1)) of the inputs 1, 1, -1: the states 1, 2, 1; the logit is 3 v - 1.
  const auto expected = GENERATE(Case{Pooling::last, 2}, Case{Pooling::mean, 3},  //
                                 Case{Pooling::max, 5});
  ClassifierOptions options = small_classifier();
  options.encoder = {.vocab_size = 3,
                     .embedding_dim = 1,
                     .rnn_type = RnnType::rnn,
                     .nonlinearity = Nonlinearity::relu,
                     .hidden_size = 1,
                     .bidirectional = false};
  options.pooling = expected.type;
  options.outputs = 1;
  Classifier model(options);
  model->eval();
  torch::NoGradGuard no_grad;
  auto parameters = model->named_parameters();
  parameters["embedding.weight"].copy_(torch::tensor({0.0f, 1.0f, -1.0f}).view({3, 1}));
  parameters["encoder.forward_0.weight_ih"].fill_(1.0);
  parameters["encoder.forward_0.weight_hh"].fill_(1.0);
  parameters["output.weight"].fill_(3.0);
  parameters["output.bias"].fill_(-1.0);
  const auto logits = model->forward(int64s({1, 1, 2}).view({3, 1}), int64s({3})).logits;
  require_close(logits, torch::full({1, 1}, expected.logit), 1e-6);
}

TEST_CASE("a classifier equals PyTorch's layers and slices, gradients too", "[models]") {
  const auto recurrence = any_recurrence();
  const auto pooling = any_pooling();
  const bool both_ways = GENERATE(false, true);
  ClassifierOptions options = small_classifier();
  options.encoder.rnn_type = recurrence.type;
  options.encoder.bidirectional = both_ways;
  options.pooling = pooling.type;
  const ReferenceCase reference(
      "classifier", recurrence.name + "_" + pooling.name + (both_ways ? "_both_ways" : "_one_way"));
  Classifier model(options);
  reference.load_parameters(*model);
  const auto output = model->forward(reference.input("tokens"), reference.input("lengths"));
  reference.require_output("logits", output.logits);
  if (output.attention.defined()) reference.require_output("attention", output.attention);
  (output.logits * reference.input("logits_gradient")).sum().backward();
  reference.require_gradients(*model);
}

TEST_CASE("neither padding nor neighbours change what a classifier says", "[models]") {
  torch::manual_seed(1);
  ClassifierOptions options = small_classifier();
  options.pooling = any_pooling().type;
  options.encoder.rnn_type = any_recurrence().type;
  Classifier model(options);
  const SmallLabelledBatch batch;
  const auto tight = model->forward(batch.tokens, batch.lengths).logits;
  const auto padded = torch::cat({batch.tokens, torch::full({3, 3}, 7, torch::kInt64)});
  require_close(model->forward(padded, batch.lengths).logits, tight, 1e-6);
  const auto alone = model->forward(batch.tokens.narrow(0, 0, 2).narrow(1, 1, 1), int64s({2}));
  require_close(alone.logits, tight.narrow(0, 1, 1), 1e-6);
}

TEST_CASE("a loss reaches every parameter of a classifier", "[models]") {
  torch::manual_seed(2);
  ClassifierOptions options = small_classifier();
  options.pooling = any_pooling().type;
  options.encoder.rnn_type = any_recurrence().type;
  Classifier model(options);
  const SmallLabelledBatch batch;
  const auto logits = model->forward(batch.tokens, batch.lengths).logits;
  class_loss(logits, batch.targets, {}, {}).sum.backward();
  require_gradient_everywhere(*model);
}

TEST_CASE("classifying embedded tokens is classifying tokens", "[models]") {
  torch::manual_seed(3);
  Classifier model(small_classifier());
  const SmallLabelledBatch batch;
  auto embedded = model->embed(batch.tokens).detach().requires_grad_();
  const auto output = model->classify(embedded, batch.lengths);
  REQUIRE(torch::equal(output.logits, model->forward(batch.tokens, batch.lengths).logits));
  output.logits.square().sum().backward();
  REQUIRE(embedded.grad().select(1, 0).abs().sum().item<double>() > 0);
  REQUIRE(embedded.grad().select(1, 1).narrow(0, 2, 3).abs().sum().item<double>() == 0);
}

TEST_CASE("the padding's vector is zero and never learns", "[models]") {
  torch::manual_seed(4);
  Classifier model(small_classifier());
  const auto weight = model->named_parameters()["embedding.weight"];
  REQUIRE(weight[0].abs().max().item<double>() == 0);
  REQUIRE(weight.narrow(0, 1, kClassifierVocab - 1).abs().min().item<double>() > 0);
  const auto logits = model->forward(torch::zeros({4, 2}, torch::kInt64), int64s({4, 2})).logits;
  logits.square().sum().backward();
  REQUIRE(weight.grad()[0].abs().max().item<double>() == 0);
}

TEST_CASE("every recurrent layer of a classifier is initialised as its options say", "[models]") {
  torch::manual_seed(5);
  ClassifierOptions options = small_classifier();
  options.encoder.num_layers = 2;
  options.lstm_forget_gate = 0.75;
  Classifier model(options);
  const auto parameters = model->named_parameters();
  for (const std::string layer : {"forward_0", "backward_0", "forward_1", "backward_1"}) {
    for (const auto& gate : parameters["encoder." + layer + ".weight_hh"].split(3)) {
      require_close(gate.matmul(gate.t()), torch::eye(3));
    }
    const auto bias = parameters["encoder." + layer + ".bias_ih"];
    require_close(bias.narrow(0, 3, 3), torch::full({3}, 0.75));
  }
}

TEST_CASE("a classifier that is evaluated draws no number, one in training does", "[models]") {
  Classifier model(all_dropouts());
  const SmallLabelledBatch batch;
  const auto next_after = [&](const auto& action) {
    torch::manual_seed(6);
    action();
    return torch::rand({1}).item<float>();
  };
  const auto forward = [&] { model->forward(batch.tokens, batch.lengths); };
  const float untouched = next_after([] {});
  REQUIRE(next_after(forward) != untouched);
  model->eval();
  REQUIRE(next_after(forward) == untouched);
}

TEST_CASE("dropouts of every kind let a classifier's gradients through", "[models]") {
  torch::manual_seed(7);
  Classifier model(all_dropouts());
  const auto tokens = torch::randint(1, kClassifierVocab, {12, 40}, torch::kInt64);
  const auto logits = model->forward(tokens, torch::full({40}, 12, torch::kInt64)).logits;
  logits.square().sum().backward();
  require_gradient_everywhere(*model);
}

TEST_CASE("dropout on the pooled vector keeps the expected logits", "[models]") {
  torch::manual_seed(8);
  ClassifierOptions options = small_classifier();
  options.output_dropout = 0.4;
  Classifier model(options);
  torch::NoGradGuard no_grad;
  // 4000 copies of one sentence: the mean over them is the expectation.
  const auto tokens = int64s({1, 2, 3}).unsqueeze(1).expand({3, 4000});
  const auto lengths = torch::full({4000}, 3, torch::kInt64);
  const auto trained = model->forward(tokens, lengths).logits;
  model->eval();
  const auto evaluated = model->forward(tokens, lengths).logits;
  REQUIRE_FALSE(torch::equal(trained, evaluated));
  require_close(trained.mean(0), evaluated[0], 0.03);
}

TEST_CASE("bf16 autocast gives the logits of fp32 within two hundredths", "[models]") {
  torch::manual_seed(9);
  ClassifierOptions options = small_classifier();
  options.pooling = any_pooling().type;
  options.encoder.rnn_type = any_recurrence().type;
  Classifier model(options);
  const SmallLabelledBatch batch;
  const auto full = model->forward(batch.tokens, batch.lengths).logits;
  const AutocastScope bf16(at::kCPU, true);
  const auto output = model->forward(batch.tokens, batch.lengths);
  REQUIRE(output.logits.dtype() == torch::kFloat32);
  require_close(output.logits, full, 2e-2);
  if (output.attention.defined()) {
    require_close(output.attention.sum(-1), torch::ones({3, 2}), 1e-6);
  }
  class_loss(output.logits, batch.targets, {}, {}).sum.backward();
  require_gradient_everywhere(*model);
}

TEST_CASE("classifier options that make no model are refused by name", "[models]") {
  struct Case {
    std::string option;
    void (*spoil)(ClassifierOptions&);
  };
  const auto wrong = GENERATE(
      Case{"vocab_size", [](ClassifierOptions& o) { o.encoder.vocab_size = 0; }},
      Case{"embedding_dim", [](ClassifierOptions& o) { o.encoder.embedding_dim = 0; }},
      Case{"hidden_size", [](ClassifierOptions& o) { o.encoder.hidden_size = -1; }},
      Case{"num_layers", [](ClassifierOptions& o) { o.encoder.num_layers = 0; }},
      Case{"attention_heads", [](ClassifierOptions& o) { o.attention_heads = 0; }},
      Case{"outputs", [](ClassifierOptions& o) { o.outputs = 0; }},
      Case{"word_dropout", [](ClassifierOptions& o) { o.encoder.word_dropout = 1.0; }},
      Case{"weight_dropout", [](ClassifierOptions& o) { o.encoder.weight_dropout = -0.1; }},
      Case{"output_dropout", [](ClassifierOptions& o) { o.output_dropout = 1.5; }});
  ClassifierOptions options = small_classifier();
  wrong.spoil(options);
  const auto message =
      message_of<std::invalid_argument>([&] { const Classifier refused(options); });
  REQUIRE_THAT(message, ContainsSubstring(wrong.option));
}

}  // namespace rondo
