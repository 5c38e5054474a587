#include "app/engine/inspect.h"

#include <iostream>

#include "app/storage/model_summary.h"

namespace rondo {

void run_inspect(const InspectArguments& arguments) {
  const ModelSummary summary = summarise_model(arguments.path);
  std::cout << (arguments.json ? to_json(summary) + "\n" : to_text(summary));
}

}  // namespace rondo
