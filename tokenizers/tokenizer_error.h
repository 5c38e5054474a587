#pragma once

#include <stdexcept>

namespace rondo {

// A tokenizer that cannot be trained or loaded; one line that says what to do.
struct TokenizerError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace rondo
