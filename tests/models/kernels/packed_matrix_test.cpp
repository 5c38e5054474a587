#include "models/kernels/packed_matrix.h"

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "tests/support/catch.h"

namespace rondo {
namespace {

constexpr double kRounding[] = {1e-5, 2e-2};  // of fp32 and of bf16, times 1 + sqrt(columns)

std::vector<float> normal_values(int64_t count, unsigned seed) {
  std::mt19937 engine(seed);
  std::normal_distribution<float> normal;
  std::vector<float> values(static_cast<size_t>(count));
  for (float& value : values) value = normal(engine);
  return values;
}

// A product with random values, and what it should give.
struct Case {
  int64_t rows, columns, count;
  bool transposed;
  std::vector<float> weight = normal_values(rows * columns, 1);
  std::vector<float> x = normal_values(count * columns, 2);
  std::vector<float> y = normal_values(count * rows, 3);
  std::vector<float> bias = normal_values(rows, 4);

  WeightView view() const {
    return {weight.data(), rows, columns, transposed ? rows : columns, transposed};
  }
  SmallProduct product(std::vector<float>& to, bool add) const {
    return {x.data(), columns, count, to.data(), rows, add ? bias.data() : nullptr, add};
  }
  double expected(int64_t i, int64_t r, bool add) const {
    double sum = add ? bias[r] + y[i * rows + r] : 0.0;
    for (int64_t c = 0; c < columns; ++c) {
      sum += double{x[i * columns + c]} * weight[transposed ? c * rows + r : r * columns + c];
    }
    return sum;
  }
  double worst(const std::vector<float>& found, bool add) const {
    double worst = 0.0;
    for (int64_t i = 0; i < count; ++i) {
      for (int64_t r = 0; r < rows; ++r) {
        worst = std::max(worst, std::abs(found[i * rows + r] - expected(i, r, add)));
      }
    }
    return worst / (1.0 + std::sqrt(static_cast<double>(columns)));
  }
};

PackedType any_type() { return GENERATE(PackedType::fp32, PackedType::bf16); }

}  // namespace

TEST_CASE("a packed product is the product, with every instruction set", "[kernels]") {
  const PackedType type = any_type();
  for (const InstructionSet instructions : supported_instructions()) {
    for (const int64_t rows : {1, 7, 64, 130}) {
      for (const int64_t columns : {1, 2, 33, 600, 1200}) {
        for (const int64_t count : {1, 2, 5, 7, 13}) {
          const bool flag = (rows + columns + count) % 2 == 0;
          const Case one{rows, columns, count, flag};
          auto found = one.y;
          PackedMatrix(one.view(), type, instructions).multiply(one.product(found, flag));
          CAPTURE(static_cast<int>(instructions), rows, columns, count);
          REQUIRE(one.worst(found, flag) < kRounding[static_cast<int>(type)]);
        }
      }
    }
  }
}

TEST_CASE("a packed product of nothing is its bias", "[kernels]") {
  const Case none{3, 0, 2, false};
  auto found = none.y;
  PackedMatrix(none.view(), any_type())
      .multiply({nullptr, 0, 2, found.data(), 3, none.bias.data()});
  for (size_t i = 0; i < found.size(); ++i) REQUIRE(found[i] == none.bias[i % 3]);
}

TEST_CASE("a row of a packed product does not depend on the rows beside it", "[kernels]") {
  const Case many{70, 50, 17, false};
  const PackedMatrix matrix(many.view(), any_type());
  std::vector<float> together(many.y.size()), alone(many.y.size());
  matrix.multiply(many.product(together, false));
  for (int64_t row = 0; row < many.count; ++row) {
    matrix.multiply({many.x.data() + row * many.columns, many.columns, 1,
                     alone.data() + row * many.rows, many.rows});
  }
  REQUIRE(together == alone);
}

TEST_CASE("threads may divide a packed product by panels", "[kernels]") {
  const Case whole{200, 9, 3, true};
  const PackedMatrix matrix(whole.view(), any_type());
  std::vector<float> together(whole.y.size()), divided(whole.y.size());
  matrix.multiply(whole.product(together, false));
  for (int64_t panel = matrix.panels(); panel-- > 0;) {
    matrix.multiply(whole.product(divided, false), panel, panel + 1);
  }
  REQUIRE(together == divided);
}

TEST_CASE("other values are packed in place of the first", "[kernels]") {
  const PackedType type = any_type();
  const Case first{10, 21, 4, false}, second{10, 21, 4, true};
  PackedMatrix matrix(first.view(), type);
  matrix.assign(second.view());
  std::vector<float> found(second.y.size());
  matrix.multiply(second.product(found, false));
  REQUIRE(second.worst(found, false) < kRounding[static_cast<int>(type)]);
}

TEST_CASE("what is no number or infinite passes through a packed product", "[kernels]") {
  const PackedType type = any_type();
  const float weight[] = {1.0f, 2.0f};
  const float x[] = {std::numeric_limits<float>::quiet_NaN(), 0.0f,
                     std::numeric_limits<float>::infinity(), 0.0f};
  for (const InstructionSet instructions : supported_instructions()) {
    float y[2] = {};
    PackedMatrix({weight, 1, 2, 2}, type, instructions).multiply({x, 2, 2, y, 1});
    REQUIRE(std::isnan(y[0]));
    REQUIRE(std::isinf(y[1]));
  }
}

}  // namespace rondo
