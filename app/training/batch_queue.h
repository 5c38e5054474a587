#pragma once

#include <torch/torch.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "app/training/hardware.h"
#include "app/training/position.h"
#include "app/training/task.h"

namespace rondo {

struct QueuedBatch {
  Batch batch;       // on the training device; empty where another worker trains on it
  bool here = true;  // this worker does
  int64_t epoch = 0;
  int64_t index = 0;  // in the epoch
  EpochBlock block{};
  int64_t next_block = 1;  // known of a block's last batch; block.count where the epoch ends
  bool ends_block() const { return index + 1 == block.end; }
  bool ends_epoch() const { return ends_block() && next_block == block.count; }
  // Batches, as far as the blocks so far tell.
  int64_t epoch_size() const { return block.end * block.count / (block.number + 1); }
};

// Where to begin.
struct BatchPlace {
  int64_t epoch = 0;
  int64_t index = 0;        // in the epoch
  int64_t block = 0;        // in which it lies
  int64_t block_begin = 0;  // the block's first batch
};

// Makes batches ahead of training in a background thread, epoch after epoch without end, so that
// neither reading, tokenizing, sorting nor copying to the device delays an update. The next block,
// or epoch, is put together while the batches of the present one are made.
class BatchQueue {
 public:
  // The batches of an epoch are dealt out to the workers in turn, and each makes its own.
  BatchQueue(const Task& task, const Hardware& hardware, const BatchPlace& first = {});
  ~BatchQueue();
  BatchQueue(const BatchQueue&) = delete;
  BatchQueue& operator=(const BatchQueue&) = delete;

  // Waits where the next batch is not ready. Rethrows what the thread met.
  QueuedBatch next();

 private:
  // A block that has batches.
  struct FullBlock {
    int64_t epoch = 0, number = 0;
    std::unique_ptr<EpochBatches> batches{};
  };

  FullBlock full_block(int64_t epoch, int64_t number) const;
  void fill(const BatchPlace& first);
  QueuedBatch make(const EpochBatches& batches, int64_t epoch, int64_t index,
                   const EpochBlock& block) const;
  bool push(QueuedBatch batch);  // false when the queue is being destroyed

  const Task& task_;
  Hardware hardware_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<QueuedBatch> ready_;
  std::exception_ptr failure_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace rondo
