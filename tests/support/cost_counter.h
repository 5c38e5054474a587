#pragma once

#include <ATen/record_function.h>
#include <c10/core/Allocator.h>
#include <c10/util/ThreadLocalDebugInfo.h>

#include <atomic>
#include <cstdint>
#include <memory>

namespace rondo {

// Counts, while it lives, LibTorch's operators on all threads, and the tensors' memory that this
// thread asks for. Counts are the same on every machine and each time, as seconds are not. One at a
// time.
class CostCounter {
 public:
  CostCounter()
      : memory_(std::make_shared<Memory>()), guard_(c10::DebugInfoKind::PROFILER_STATE, memory_) {
    operators_ = 0;
    handle_ = at::addGlobalCallback(
        at::RecordFunctionCallback(
            [](const at::RecordFunction&) -> std::unique_ptr<at::ObserverContext> {
              ++operators_;
              return nullptr;
            })
            .scopes({at::RecordScope::FUNCTION}));
  }
  ~CostCounter() { at::removeCallback(handle_); }
  CostCounter(const CostCounter&) = delete;
  CostCounter& operator=(const CostCounter&) = delete;

  int64_t operators() const { return operators_; }
  int64_t allocations() const { return memory_->allocations; }

 private:
  struct Memory : c10::MemoryReportingInfoBase {
    void reportMemoryUsage(void*, int64_t size, size_t, size_t, c10::Device) override {
      if (size > 0) ++allocations;
    }
    bool memoryProfilingEnabled() const override { return true; }
    int64_t allocations = 0;
  };

  static inline std::atomic<int64_t> operators_ = 0;
  std::shared_ptr<Memory> memory_;
  c10::DebugInfoGuard guard_;
  at::CallbackHandle handle_{};
};

}  // namespace rondo
