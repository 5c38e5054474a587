#pragma once

#include <ATen/record_function.h>

#include <atomic>
#include <cstdint>
#include <memory>

namespace rondo {

// How many of LibTorch's operators `work` calls, those of its backward pass and those that others
// call among them: what one step costs before any arithmetic, the same on every machine.
template <class Work>
int64_t operators_of(Work work) {
  static std::atomic<int64_t> called;
  called = 0;
  const auto handle =
      at::addGlobalCallback(at::RecordFunctionCallback([](const at::RecordFunction&)
                                                           -> std::unique_ptr<at::ObserverContext> {
                              ++called;
                              return nullptr;
                            }).scopes({at::RecordScope::FUNCTION}));
  work();
  at::removeCallback(handle);
  return called;
}

}  // namespace rondo
