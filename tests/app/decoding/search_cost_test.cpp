// What a step of a search costs in calls and in tensors' memory, which is the same on every machine,
// so that what was made fast stays so.
#include "app/decoding/search.h"
#include "tests/app/decoding/tiny_model.h"
#include "tests/support/catch_torch.h"
#include "tests/support/cost_counter.h"

namespace rondo {
namespace {

struct StepCost {
  double operators = 0, allocations = 0;
};

struct SearchCost {
  int64_t operators = 0, allocations = 0;
};

SearchCost cost_of(Seq2Seq& model, int64_t beam, const SearchInput& input, double ratio) {
  SearchOptions options;
  options.beam_size = beam;
  options.min_length_ratio = options.max_length_ratio = ratio;
  search(*model, input, options);  // what is made once
  const CostCounter cost;
  search(*model, input, options);
  return {cost.operators(), cost.allocations()};
}

// The difference of a longer and a shorter search, over the steps between them.
StepCost step_cost(DecoderType type, int64_t beam, int64_t sentences) {
  constexpr int64_t kLength = 10;
  Seq2Seq model = tiny_model(type, 30);
  const Sentences sources(static_cast<size_t>(sentences),
                          std::vector<int64_t>(static_cast<size_t>(kLength), 7));
  const SearchInput input = search_input(sources);
  const SearchCost few = cost_of(model, beam, input, 2), many = cost_of(model, beam, input, 6);
  const double steps = 4 * (kLength + 1);
  return {static_cast<double>(many.operators - few.operators) / steps,
          static_cast<double>(many.allocations - few.allocations) / steps};
}

}  // namespace

TEST_CASE("a step of a search makes few calls, however wide the beam", "[decoding]") {
  const DecoderType type = GENERATE(DecoderType::gnmt, DecoderType::luong, DecoderType::bahdanau);
  const int64_t beam = GENERATE(1, 5), sentences = GENERATE(1, 8);
  const StepCost cost = step_cost(type, beam, sentences);
  CAPTURE(static_cast<int>(type), beam, sentences, cost.operators, cost.allocations);
  CHECK(cost.operators > 0);
  CHECK(cost.operators <= 100);
  CHECK(cost.allocations <= 60);
}

}  // namespace rondo
