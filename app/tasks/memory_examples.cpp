#include "app/tasks/memory_examples.h"

#include <random>

namespace rondo {
namespace {

// The distributions differ between standard libraries; mt19937_64 and seed_seq do not.
class Dice {
 public:
  explicit Dice(const MemoryDraw& draw) {
    const auto epoch = static_cast<uint64_t>(draw.epoch), batch = static_cast<uint64_t>(draw.batch);
    std::seed_seq words{low(draw.random_seed),
                        high(draw.random_seed),
                        low(epoch),
                        high(epoch),
                        low(batch),
                        high(batch)};
    generator_.seed(words);
  }

  int64_t below(int64_t limit) {
    return static_cast<int64_t>(generator_() % static_cast<uint64_t>(limit));
  }
  float share() { return static_cast<float>(generator_() >> 40) * 0x1p-24F; }  // in [0, 1)

 private:
  static uint32_t low(uint64_t number) { return static_cast<uint32_t>(number); }
  static uint32_t high(uint64_t number) { return static_cast<uint32_t>(number >> 32); }

  std::mt19937_64 generator_{};
};

Batch adding_batch(const MemoryOptions& options, int64_t size, Dice& dice) {
  Batch batch;
  batch.inputs = torch::zeros({options.length, size, 2});
  batch.labels = torch::zeros({size});
  auto inputs = batch.inputs.accessor<float, 3>();
  auto sums = batch.labels.accessor<float, 1>();
  const int64_t half = options.length / 2;
  for (int64_t example = 0; example < size; ++example) {
    for (int64_t t = 0; t < options.length; ++t) inputs[t][example][0] = dice.share();
    for (const int64_t t : {dice.below(half), half + dice.below(options.length - half)}) {
      inputs[t][example][1] = 1;
      sums[example] += inputs[t][example][0];
    }
  }
  return batch;
}

// Both problems of symbols: they are read, then `wait` blanks, then the sign to speak, then as many
// blanks as there are symbols to say.
Batch symbols_batch(const MemoryOptions& options, int64_t size, Dice& dice) {
  const MemoryShape shape = memory_shape(options);
  const int64_t said = shape.answers, go = shape.steps - said - 1;
  Batch batch;
  batch.target_out = torch::zeros({said, size}, torch::kInt64);
  auto targets = batch.target_out.accessor<int64_t, 2>();
  torch::Tensor read = torch::full({shape.steps, size}, options.symbols, torch::kInt64);  // blanks
  read[go].fill_(options.symbols + 1);
  auto symbols = read.accessor<int64_t, 2>();
  for (int64_t example = 0; example < size; ++example) {
    for (int64_t t = 0; t < said; ++t) {
      const int64_t place = options.problem == MemoryProblem::reverse ? said - 1 - t : t;
      targets[place][example] = symbols[t][example] = dice.below(options.symbols);
    }
  }
  batch.inputs = torch::one_hot(read, shape.inputs).to(torch::kFloat);
  return batch;
}

}  // namespace

MemoryShape memory_shape(const MemoryOptions& options) {
  if (options.problem == MemoryProblem::adding) {
    return {.steps = options.length, .inputs = 2, .answers = 1, .outputs = 1};
  }
  const bool reverse = options.problem == MemoryProblem::reverse;
  const int64_t said = reverse ? options.length : options.copied;
  const int64_t wait = reverse ? 0 : options.length;
  return {.steps = 2 * said + wait + 1,
          .inputs = options.symbols + 2,
          .answers = said,
          .outputs = options.symbols};
}

Batch memory_batch(const MemoryOptions& options, int64_t size, const MemoryDraw& draw) {
  Dice dice(draw);
  const MemoryShape shape = memory_shape(options);
  Batch batch = options.problem == MemoryProblem::adding ? adding_batch(options, size, dice)
                                                         : symbols_batch(options, size, dice);
  batch.source_lengths = torch::full({size}, shape.steps, torch::kInt64);
  batch.target_tokens = shape.answers * size;
  batch.tokens = shape.steps * size;
  return batch;
}

}  // namespace rondo
