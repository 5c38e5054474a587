#pragma once

#include <chrono>

// LibTorch's header of its Gloo process group names these types, and its wheel leaves Gloo's own
// headers out. They are declared as far as that header needs; all calls go through c10d::Backend,
// so that none of their layout is ever relied on.
namespace gloo {

class Context {
 public:
  void setTimeout(std::chrono::milliseconds timeout);
};

}  // namespace gloo
