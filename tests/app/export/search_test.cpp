// The scripted search against tables worked by hand, and its parts against those of the program.
#include <cmath>
#include <map>

#include "app/decoding/options.h"
#include "app/export/program.h"
#include "models/torchscript/script_module.h"
#include "tests/app/export/script_calls.h"
#include "tests/support/tensor_checks.h"

using namespace rondo;

namespace {

constexpr int64_t kStart = 2, kIdA = 4, kIdB = 5, kIdC = 6;

// Probabilities of </s>, a, b, c behind a token; behind <s> at the beginning.
using NextTable = std::map<int64_t, std::vector<float>>;

// Greedy takes a, but b ends with a higher probability.
const NextTable kDetour = {
    {kStart, {0.0, 0.6, 0.4, 0.0}}, {kIdA, {0.4, 0.3, 0.3, 0.0}}, {kIdB, {0.9, 0.05, 0.05, 0.0}}};

// "b" is likelier (0.275), "a c" longer (0.27).
const NextTable kTwoWords = {{kStart, {0.0, 0.45, 0.55, 0.0}},
                             {kIdA, {0.0, 0.2, 0.2, 0.6}},
                             {kIdB, {0.5, 0.3, 0.2, 0.0}},
                             {kIdC, {1.0, 0.0, 0.0, 0.0}}};

// A network that is a table of the next token.
constexpr const char* kTableNetwork = R"(
def start(self, tokens: Tensor, lengths: Tensor) -> Tuple[List[Tensor], List[Tensor]]:
    return [lengths], [lengths]

def step(self, tokens: Tensor, memory: List[Tensor],
         state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    logits = self.table.index_select(0, tokens)
    return logits, torch.zeros([tokens.size(0), 0]), state

def select_memory(self, memory: List[Tensor], sentences: Tensor) -> List[Tensor]:
    return [part.index_select(0, sentences) for part in memory]

def select_state(self, state: List[Tensor], rows: Tensor) -> List[Tensor]:
    return [part.index_select(0, rows) for part in state]
)";

torch::jit::Module table_program(const NextTable& rows, const SearchOptions& search) {
  auto table = torch::zeros({7, 7});  // whatever may follow a token that is not in rows
  for (const auto& [token, next] : rows) {
    table[token].narrow(0, 0, 3).fill_(-std::numeric_limits<float>::infinity());
    table[token].narrow(0, 3, 4).copy_(torch::tensor(next).log());
  }
  auto network = script_module("Table");
  network.register_buffer("table", table);
  define_script(network, kTableNetwork);
  auto program = script_module("Search");
  program.register_module("network", network);
  add_search_settings(program, search);
  define_methods(program, {"search"});
  return program;
}

struct ScriptFound {
  std::vector<int64_t> ids{};
  double score = 0;
};

std::vector<ScriptFound> search_in_script(const NextTable& rows, const SearchOptions& search) {
  auto program = table_program(rows, search);
  const auto tokens = torch::full({3, 1}, kIdA, torch::kInt64);
  const auto result =
      call(program, "search", {tokens, int64s({3}), search.beam_size, search.n_best, false});
  std::vector<ScriptFound> found;
  for (const c10::IValue& hypothesis : result.toListRef().front().toListRef()) {
    const auto& parts = hypothesis.toTupleRef().elements();
    found.push_back({parts[0].toIntVector(), parts[1].toDouble()});
  }
  return found;
}

using ScriptIds = std::vector<int64_t>;

}  // namespace

TEST_CASE("a scripted beam of width 1 finds the greedy sentence", "[export]") {
  const auto found = search_in_script(kDetour, {.beam_size = 1, .beam_alpha = 0});
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].ids == ScriptIds{kIdA});
  REQUIRE(found[0].score == Approx(std::log(0.6 * 0.4)));
}

TEST_CASE("a scripted beam of width 2 finds both, the likelier first", "[export]") {
  const auto found = search_in_script(kDetour, {.beam_size = 2, .beam_alpha = 0, .n_best = 2});
  REQUIRE(found.size() == 2);
  REQUIRE(found[0].ids == ScriptIds{kIdB});
  REQUIRE(found[1].ids == ScriptIds{kIdA});
  REQUIRE(found[0].score == Approx(std::log(0.4 * 0.9)));
}

TEST_CASE("length normalisation lets the longer sentence win in a script", "[export]") {
  REQUIRE(search_in_script(kTwoWords, {.beam_size = 3, .beam_alpha = 0})[0].ids == ScriptIds{kIdB});
  const auto found = search_in_script(kTwoWords, {.beam_size = 3, .beam_alpha = 1});
  REQUIRE(found[0].ids == ScriptIds{kIdA, kIdC});
  REQUIRE(found[0].score == Approx(std::log(0.45 * 0.6) / (8.0 / 6.0)));
}

TEST_CASE("a script takes equal candidates in the order of their ids", "[export]") {
  const NextTable even = {{kStart, {0.1, 0.3, 0.3, 0.3}},
                          {kIdA, {1, 0, 0, 0}},
                          {kIdB, {1, 0, 0, 0}},
                          {kIdC, {1, 0, 0, 0}}};
  const auto found = search_in_script(even, {.beam_size = 3, .n_best = 3});
  REQUIRE(found.size() == 3);
  REQUIRE(found[0].ids == ScriptIds{kIdA});
  REQUIRE(found[1].ids == ScriptIds{kIdB});
  REQUIRE(found[2].ids == ScriptIds{kIdC});
}

TEST_CASE("a script keeps to the minimum and the maximum length", "[export]") {
  const auto longer = search_in_script(kDetour, {.beam_size = 1, .min_length_ratio = 1.5});
  REQUIRE(longer[0].ids.size() == 3);
  const NextTable endless = {{kStart, {0, 1, 0, 0}}, {kIdA, {0.1, 0.9, 0, 0}}};
  const auto cut = search_in_script(endless, {.beam_size = 1, .max_length_ratio = 1.0});
  REQUIRE(cut[0].ids == ScriptIds(12, kIdA));
}

TEST_CASE("a script puts out no n-gram twice when that is forbidden", "[export]") {
  const NextTable endless = {
      {kStart, {0, 1, 0, 0}}, {kIdA, {0.1, 0.6, 0.3, 0}}, {kIdB, {0.1, 0.7, 0.2, 0}}};
  const auto found = search_in_script(endless, {.beam_size = 1, .no_repeat_ngram_size = 2});
  REQUIRE(found[0].ids == ScriptIds{kIdA, kIdA, kIdB, kIdA});
}

TEST_CASE("the best tokens by groups are those of a stable sort, the lower id first", "[export]") {
  torch::manual_seed(1);
  auto program = table_program(kTwoWords, {});
  const int64_t vocabulary = GENERATE(9, 64, 640, 700);
  const int64_t count = GENERATE(1, 5);
  for (const int64_t kinds : {3, 1000000}) {  // with many equals, and with none
    const auto log_probs = -1 - torch::randint(kinds, {20, vocabulary}).to(torch::kFloat) / kinds;
    const auto [values, indices] =
        torch::sort(log_probs, /*stable=*/true, /*dim=*/1, /*descending=*/true);
    const auto found = call(program, "best_tokens", {log_probs, count}).toTuple();
    REQUIRE(found->elements()[0].toTensor().equal(values.narrow(1, 0, count)));
    REQUIRE(found->elements()[1].toTensor().equal(indices.narrow(1, 0, count)));
  }
}
