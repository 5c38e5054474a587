#include "app/training/batch_queue.h"

#include <future>
#include <optional>

#include "app/errors.h"

namespace rondo {
namespace {

constexpr size_t kBatchesAhead = 16;

torch::Tensor on_device(const torch::Tensor& tensor, const torch::Device& device) {
  if (device.is_cpu()) return tensor;
  return tensor.pin_memory().to(device, /*non_blocking=*/true);
}

Batch on_device(Batch batch, const torch::Device& device) {
  for (torch::Tensor* tensor :
       {&batch.source, &batch.inputs, &batch.source_lengths, &batch.target_in, &batch.target_out,
        &batch.target_positions, &batch.labels, &batch.label_weights}) {
    if (tensor->defined()) *tensor = on_device(*tensor, device);
  }
  return batch;
}

}  // namespace

BatchQueue::BatchQueue(const Task& task, const Hardware& hardware, const BatchPlace& first)
    : task_(task), hardware_(hardware) {
  thread_ = std::thread([this, first] {
    try {
      fill(first);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
      changed_.notify_all();
    }
  });
}

BatchQueue::~BatchQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

// That block, or the first after it, of this epoch or the next, that is not empty.
BatchQueue::FullBlock BatchQueue::full_block(int64_t epoch, int64_t number) const {
  const int64_t blocks = task_.blocks();
  for (int64_t tried = 0; tried <= blocks; ++tried, ++number) {
    if (number >= blocks) {
      ++epoch;
      number = 0;
    }
    auto batches = task_.block_batches(epoch, number);
    if (batches->size() > 0) return {epoch, number, std::move(batches)};
  }
  throw DataError("the training text gives no batch");
}

void BatchQueue::fill(const BatchPlace& first) {
  const auto prepare = [this](int64_t epoch, int64_t number) {
    return std::async(std::launch::async, [=, this] { return full_block(epoch, number); });
  };
  const int64_t blocks = task_.blocks();
  FullBlock now = full_block(first.epoch, first.block);
  int64_t begin = now.epoch == first.epoch ? first.block_begin : 0;
  int64_t index = now.epoch == first.epoch ? first.index : 0;
  for (;;) {
    const EpochBlock block{now.number, blocks, begin, begin + now.batches->size()};
    auto coming = prepare(now.epoch, now.number + 1);
    std::optional<FullBlock> next;
    for (; index < block.end; ++index) {
      QueuedBatch batch = make(*now.batches, now.epoch, index, block);
      // The blocks that are left of the epoch may all be empty.
      if (batch.ends_block() && now.number + 1 < blocks) {
        next = coming.get();
        if (next->epoch == now.epoch) batch.next_block = next->number;
      }
      if (!push(std::move(batch))) return;
    }
    if (!next) next = coming.get();
    begin = index = next->epoch == now.epoch ? block.end : 0;
    now = std::move(*next);
  }
}

QueuedBatch BatchQueue::make(const EpochBatches& batches, int64_t epoch, int64_t index,
                             const EpochBlock& block) const {
  QueuedBatch queued{.batch = {},
                     .here = index % hardware_.workers.size() == hardware_.workers.rank(),
                     .epoch = epoch,
                     .index = index,
                     .block = block,
                     .next_block = block.count};
  if (queued.here) queued.batch = on_device(batches.at(index - block.begin), hardware_.device);
  return queued;
}

bool BatchQueue::push(QueuedBatch batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || ready_.size() < kBatchesAhead; });
  if (stopping_) return false;
  ready_.push_back(std::move(batch));
  changed_.notify_all();
  return true;
}

QueuedBatch BatchQueue::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return failure_ || !ready_.empty(); });
  if (ready_.empty()) std::rethrow_exception(failure_);
  QueuedBatch batch = std::move(ready_.front());
  ready_.pop_front();
  changed_.notify_all();
  return batch;
}

}  // namespace rondo
