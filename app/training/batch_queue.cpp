#include "app/training/batch_queue.h"

#include <future>

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

BatchQueue::BatchQueue(const Task& task, const torch::Device& device, int64_t first_epoch,
                       int64_t first_index)
    : task_(task), device_(device) {
  thread_ = std::thread([this, first_epoch, first_index] {
    try {
      fill(first_epoch, first_index);
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

// The next epoch is put together while the batches of this one are made.
void BatchQueue::fill(int64_t epoch, int64_t index) {
  const auto prepare = [this](int64_t number) {
    return std::async(std::launch::async, [this, number] { return task_.epoch_batches(number); });
  };
  auto coming = prepare(epoch);
  for (;; ++epoch, index = 0) {
    const auto batches = coming.get();
    if (batches->size() == 0) throw DataError("the training text gives no batch");
    coming = prepare(epoch + 1);
    for (; index < batches->size(); ++index) {
      if (!push({on_device(batches->at(index), device_), epoch, index, batches->size()})) return;
    }
  }
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
