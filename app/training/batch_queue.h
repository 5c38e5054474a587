#pragma once

#include <torch/torch.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "app/training/task.h"

namespace rondo {

struct QueuedBatch {
  Batch batch;  // on the training device
  int64_t epoch = 0;
  int64_t index = 0;       // in the epoch
  int64_t epoch_size = 0;  // batches
  bool ends_epoch() const { return index + 1 == epoch_size; }
};

// Makes batches ahead of training in a background thread, epoch after epoch without end, so that
// neither tokenizing, sorting nor copying to the device delays an update.
class BatchQueue {
 public:
  BatchQueue(const Task& task, const torch::Device& device, int64_t first_epoch,
             int64_t first_index);
  ~BatchQueue();
  BatchQueue(const BatchQueue&) = delete;
  BatchQueue& operator=(const BatchQueue&) = delete;

  // Waits where the next batch is not ready. Rethrows what the thread met.
  QueuedBatch next();

 private:
  void fill(int64_t epoch, int64_t index);
  bool push(QueuedBatch batch);  // false when the queue is being destroyed

  const Task& task_;
  torch::Device device_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<QueuedBatch> ready_;
  std::exception_ptr failure_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace rondo
