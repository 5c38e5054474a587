#include "models/gates.h"

#include <limits>

#include "tests/support/tensor_checks.h"

namespace rondo {
namespace {

constexpr int64_t kRows = 3;
constexpr int64_t kHidden = 37;  // no multiple of any vector's length
constexpr double kExact = 1e-6;

// Random products from both sides, some of them far beyond what a sigmoid can tell apart.
struct Products {
  torch::Tensor from_input, from_hidden;  // [rows, gates * hidden]

  explicit Products(int64_t gates) {
    torch::manual_seed(5);
    from_input = torch::randn({kRows, gates * kHidden}) * 3;
    from_hidden = torch::randn({kRows, gates * kHidden});
    from_input[0][0] = 300.0;
    from_input[0][1] = -300.0;
  }
  GateProducts pointers() const {
    return {from_input.data_ptr<float>(), from_hidden.data_ptr<float>(), kRows, kHidden};
  }
};

}  // namespace

TEST_CASE("an LSTM's gates are those of the formula", "[models]") {
  const Products products(4);
  const auto cell = torch::randn({kRows, kHidden});
  const auto gates = (products.from_input + products.from_hidden).chunk(4, 1);
  const auto next_cell = gates[1].sigmoid() * cell + gates[0].sigmoid() * gates[2].tanh();
  auto hidden = torch::empty({kRows, kHidden}), kept = torch::empty({kRows, kHidden});
  lstm_gates(products.pointers(), cell.data_ptr<float>(), hidden.data_ptr<float>(),
             kept.data_ptr<float>());
  require_close(kept, next_cell, kExact);
  require_close(hidden, gates[3].sigmoid() * next_cell.tanh(), kExact);
}

TEST_CASE("an LSTM's cell may be written over", "[models]") {
  const Products products(4);
  auto cell = torch::randn({kRows, kHidden});
  auto hidden = torch::empty({kRows, kHidden}), apart = torch::empty({kRows, kHidden});
  lstm_gates(products.pointers(), cell.data_ptr<float>(), hidden.data_ptr<float>(),
             apart.data_ptr<float>());
  lstm_gates(products.pointers(), cell.data_ptr<float>(), hidden.data_ptr<float>(),
             cell.data_ptr<float>());
  REQUIRE(torch::equal(cell, apart));
}

TEST_CASE("a GRU's gates are those of the formula", "[models]") {
  const Products products(3);
  const auto before = torch::randn({kRows, kHidden});
  const auto x = products.from_input.chunk(3, 1), h = products.from_hidden.chunk(3, 1);
  const auto reset = (x[0] + h[0]).sigmoid(), update = (x[1] + h[1]).sigmoid();
  const auto fresh = (x[2] + reset * h[2]).tanh();
  auto after = torch::empty({kRows, kHidden});
  gru_gates(products.pointers(), before.data_ptr<float>(), after.data_ptr<float>());
  require_close(after, (1 - update) * fresh + update * before, kExact);
}

TEST_CASE("a simple network's gate is tanh or relu", "[models]") {
  const Products products(1);
  const auto sum = products.from_input + products.from_hidden;
  auto after = torch::empty({kRows, kHidden});
  rnn_gates(products.pointers(), Nonlinearity::tanh, after.data_ptr<float>());
  require_close(after, sum.tanh(), kExact);
  rnn_gates(products.pointers(), Nonlinearity::relu, after.data_ptr<float>());
  require_close(after, sum.relu(), kExact);
}

TEST_CASE("what is no number is not hidden by the gates", "[models]") {
  Products products(1);
  products.from_input[1][2] = std::numeric_limits<float>::quiet_NaN();
  auto after = torch::empty({kRows, kHidden});
  rnn_gates(products.pointers(), Nonlinearity::tanh, after.data_ptr<float>());
  REQUIRE(after.isnan().sum().item<int64_t>() == 1);
  REQUIRE(after[1][2].isnan().item<bool>());
}

}  // namespace rondo
