#pragma once

#include <string>

namespace rondo {

// What action's Error says; empty when it throws none.
template <typename Error, typename Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace rondo
