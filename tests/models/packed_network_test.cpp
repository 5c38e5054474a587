#include "models/classifier.h"
#include "models/recurrent.h"
#include "models/seq2seq.h"
#include "tests/models/small_classifier.h"
#include "tests/models/small_translator.h"

namespace rondo {
namespace {

// The same network twice, in evaluation mode; the second packed in fp32. Seed 3.
template <typename Network, typename Options>
std::pair<Network, Network> plain_and_packed(const Options& options) {
  torch::manual_seed(3);
  Network plain(options);
  torch::manual_seed(3);
  Network packed(options);
  plain->eval();
  packed->eval();
  packed->pack(PackedType::fp32);
  return {plain, packed};
}

}  // namespace

TEST_CASE("a packed layer follows the plain one", "[models]") {
  const torch::NoGradGuard no_grad;
  const auto type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  const auto time = GENERATE(1, 6);
  auto [plain, packed] = plain_and_packed<RecurrentLayer>(
      RecurrentLayerOptions{.type = type, .input_size = 20, .hidden_size = 37});
  const auto inputs = torch::randn({time, 5, 20});
  const RecurrentState state{torch::randn({5, 37}),
                             type == RnnType::lstm ? torch::randn({5, 37}) : torch::Tensor()};
  const auto expected = plain->forward(inputs, state), found = packed->forward(inputs, state);
  require_close(found.states, expected.states);
  require_close(found.last.hidden, expected.last.hidden);
  if (type == RnnType::lstm) require_close(found.last.cell, expected.last.cell);
}

TEST_CASE("rows of a state that are known to be equal go on as if it were not known", "[models]") {
  const torch::NoGradGuard no_grad;
  const auto type = GENERATE(RnnType::rnn, RnnType::lstm, RnnType::gru);
  torch::manual_seed(4);
  RecurrentLayer layer(RecurrentLayerOptions{.type = type, .input_size = 20, .hidden_size = 37});
  layer->eval();
  layer->pack(PackedType::fp32);
  const RecurrentState before{torch::randn({3, 37}),
                              type == RnnType::lstm ? torch::randn({3, 37}) : torch::Tensor()};
  const auto known = select_rows(before, int64s({2, 0, 2, 2, 0}));
  REQUIRE(known.equal.first.equal(int64s({0, 1})));
  REQUIRE(known.equal.kind.equal(int64s({0, 1, 0, 0, 1})));
  auto unknown = known;
  unknown.equal = {};
  const auto inputs = torch::randn({2, 5, 20});
  REQUIRE(layer->forward(inputs, known).states.equal(layer->forward(inputs, unknown).states));
}

TEST_CASE("where every row is another nothing is noted", "[models]") {
  REQUIRE_FALSE(equal_rows(int64s({3, 1, 0})).defined());
  REQUIRE_FALSE(equal_rows(torch::empty({0}, torch::kInt64)).defined());
}

TEST_CASE("a packed translator gives the plain one's logits and gradients", "[models]") {
  auto [plain, packed] = plain_and_packed<Seq2Seq>(any_small_translator());
  const SmallBatch batch;
  const auto logits = [&](Seq2Seq& network) {
    const auto output = network->forward(batch.source, batch.source_lengths, batch.target_in);
    return network->decoder().logits(output.features);
  };
  {
    const torch::NoGradGuard no_grad;
    require_close(logits(packed), logits(plain));
  }
  logits(packed).sum().backward();
  logits(plain).sum().backward();
  const auto found = packed->named_parameters();
  for (const auto& parameter : plain->named_parameters()) {
    INFO(parameter.key());
    if (!parameter.value().grad().defined()) continue;
    require_close(found[parameter.key()].grad(), parameter.value().grad());
  }
}

TEST_CASE("a packed classifier gives the plain one's logits", "[models]") {
  const torch::NoGradGuard no_grad;
  const auto members = GENERATE(1, 2);
  auto options = small_classifier();
  options.members = members;
  auto [plain, packed] = plain_and_packed<Classifier>(options);
  REQUIRE(packed->packed());
  const auto tokens = torch::randint(0, kClassifierVocab, {5, 3}, torch::kInt64);
  const auto lengths = int64s({5, 2, 4});
  require_close(packed->forward(tokens, lengths).logits, plain->forward(tokens, lengths).logits);
}

}  // namespace rondo
