#include "app/training/batch_queue.h"

#include "app/errors.h"
#include "tests/support/catch_torch.h"

namespace rondo {
namespace {

// Batch n of block b of epoch e is one sentence whose only number is 100 e + 10 b + n.
class NumberedBatches : public EpochBatches {
 public:
  NumberedBatches(int64_t first, int64_t size) : first_(first), size_(size) {}
  int64_t size() const override { return size_; }
  Batch at(int64_t index) const override {
    Batch batch;
    batch.source = torch::full({1, 1}, first_ + index, torch::kInt64);
    return batch;
  }

 private:
  int64_t first_, size_;
};

class BlockTask : public Task {
 public:
  explicit BlockTask(std::vector<int64_t> sizes) : sizes_(std::move(sizes)) {}
  torch::nn::Module& network() override { return network_; }
  std::unique_ptr<EpochBatches> epoch_batches(int64_t epoch) const override {
    return block_batches(epoch, 0);
  }
  int64_t blocks() const override { return static_cast<int64_t>(sizes_.size()); }
  std::unique_ptr<EpochBatches> block_batches(int64_t epoch, int64_t block) const override {
    return std::make_unique<NumberedBatches>(100 * epoch + 10 * block,
                                             sizes_[static_cast<size_t>(block)]);
  }
  LossSum loss(const Batch&, double) override { return {}; }
  Validation validate() override { return {}; }
  TensorFile model_file(const std::string&) const override { return {}; }

 private:
  std::vector<int64_t> sizes_;  // batches of each block
  torch::nn::Module network_;
};

std::vector<QueuedBatch> first_batches(const Task& task, int count, const BatchPlace& first = {}) {
  BatchQueue queue(task, rondo::Hardware{}, first);
  std::vector<QueuedBatch> batches;
  for (int i = 0; i < count; ++i) batches.push_back(queue.next());
  return batches;
}

std::vector<int64_t> numbers(const std::vector<QueuedBatch>& batches) {
  std::vector<int64_t> numbers;
  for (const QueuedBatch& queued : batches) {
    numbers.push_back(queued.batch.source.item<int64_t>());
  }
  return numbers;
}

}  // namespace

TEST_CASE("blocks follow one another, and epochs", "[training]") {
  const BlockTask task({2, 1, 3});
  const auto batches = first_batches(task, 8);
  CHECK(numbers(batches) == std::vector<int64_t>{0, 1, 10, 20, 21, 22, 100, 101});
  CHECK(batches[2].index == 2);
  CHECK(batches[3].block.begin == 3);
  CHECK_FALSE(batches[2].ends_epoch());
  CHECK(batches[5].ends_epoch());
  CHECK(batches[6].index == 0);
}

TEST_CASE("a block without a batch is passed over, also where an epoch ends with it",
          "[training]") {
  const BlockTask task({0, 2, 0, 1, 0, 0});
  const auto batches = first_batches(task, 5);
  CHECK(numbers(batches) == std::vector<int64_t>{10, 11, 30, 110, 111});
  CHECK(batches[1].next_block == 3);
  CHECK_FALSE(batches[1].ends_epoch());
  CHECK(batches[2].ends_epoch());
  CHECK(batches[2].epoch == 0);
  CHECK(batches[3].epoch == 1);
}

TEST_CASE("batches begin anywhere in a block, without the blocks before it", "[training]") {
  const BlockTask task({2, 1, 3});
  CHECK(numbers(first_batches(task, 3, {.epoch = 1, .index = 4, .block = 2, .block_begin = 3})) ==
        std::vector<int64_t>{121, 122, 200});
  CHECK(numbers(first_batches(task, 2, {.epoch = 0, .index = 2, .block = 1, .block_begin = 2})) ==
        std::vector<int64_t>{10, 20});
}

TEST_CASE("the share of an epoch grows by blocks, and within them by batches", "[training]") {
  const BlockTask task({2, 1, 4});
  double before = -1;
  for (const QueuedBatch& queued : first_batches(task, 7)) {
    const double share = share_of_epoch(queued.index, queued.block);
    CHECK(share > before);
    CHECK(share_of_epoch(queued.index + 1, queued.block) > share);
    before = share;
  }
  CHECK(share_of_epoch(1, {.number = 0, .count = 3, .begin = 0, .end = 2}) == Approx(1 / 6.0));
  CHECK(share_of_epoch(7, {.number = 2, .count = 3, .begin = 3, .end = 7}) == 1);
  CHECK(share_of_epoch(15, {.end = 60}) == 0.25);
}

TEST_CASE("a text that gives no batch ends training", "[training]") {
  const BlockTask task({0, 0});
  BatchQueue queue(task, rondo::Hardware{});
  CHECK_THROWS_AS(queue.next(), DataError);
}

TEST_CASE("workers take an epoch's batches in turn, and none makes another's", "[training]") {
  const BlockTask task({5});
  for (const int64_t rank : {0, 1}) {
    const Hardware hardware{.workers = Workers::standing_for({.rank = rank, .size = 2})};
    BatchQueue queue(task, hardware);
    for (int64_t i = 0; i < 7; ++i) {  // two of them of the next epoch
      const QueuedBatch batch = queue.next();
      const bool own = batch.index % 2 == rank;
      CHECK(batch.here == own);
      CHECK(batch.batch.source.defined() == own);
      CHECK(batch.ends_epoch() == (batch.index == 4));
    }
  }
}

}  // namespace rondo
