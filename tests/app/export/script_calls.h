#pragma once

#include <torch/script.h>

#include <string>
#include <vector>

#include "app/export/comparison.h"
#include "tests/models/torchscript/script_calls.h"

namespace rondo {

inline c10::IValue call(torch::jit::Module& program, const std::string& method,
                        std::vector<c10::IValue> inputs) {
  return program.get_method(method)(std::move(inputs));
}

inline c10::IValue string_list(const std::vector<std::string>& strings) {
  return c10::List<std::string>(strings);
}

inline std::vector<std::string> strings_of(const c10::IValue& list) {
  std::vector<std::string> strings;
  for (const c10::IValue& item : list.toListRef()) strings.push_back(item.toStringRef());
  return strings;
}

// A List[Tuple[str, float]].
inline std::vector<Answer> answers_of(const c10::IValue& list) {
  std::vector<Answer> answers;
  for (const c10::IValue& item : list.toListRef()) {
    const auto& parts = item.toTupleRef().elements();
    answers.push_back({parts[0].toStringRef(), parts[1].toDouble()});
  }
  return answers;
}

}  // namespace rondo
