#pragma once

#include <torch/torch.h>

#include <chrono>
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include "app/distributed/worker_place.h"

namespace rondo {

// What c10d is to a run: the store where workers meet and leave notes, and the group that sums.
// Only this file's implementation knows that it is Gloo.
struct ProcessGroup {
  c10::intrusive_ptr<c10d::Store> store;    // of this attempt alone
  c10::intrusive_ptr<c10d::Backend> group;  // of tensors, on any device
};

// A connection of its own to the store, so that no call waits for another's. The first worker also
// serves it, where the launcher does not. Throws what c10d throws.
c10::intrusive_ptr<c10d::Store> open_store(const WorkerPlace& place, bool serve,
                                           std::chrono::milliseconds timeout);

// Meets the others at the store; all operations then take at most `timeout`. Throws what c10d
// throws.
c10::intrusive_ptr<c10d::Backend> join_group(const WorkerPlace& place,
                                             const c10::intrusive_ptr<c10d::Store>& store,
                                             std::chrono::milliseconds timeout);

}  // namespace rondo
