#pragma once

#include <string>

namespace rondo {

struct InspectArguments {
  std::string path;
  bool json = false;
};

// What a model or checkpoint holds.
void run_inspect(const InspectArguments& arguments);

}  // namespace rondo
