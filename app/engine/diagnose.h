#pragma once

#include <string>

#include "app/tasks/diagnosis.h"

namespace rondo {

struct DiagnoseArguments {
  DiagnosisRequest request{};
  bool json = false;
  std::string html{};
};

// How far back through time a network's gradients reach.
void run_diagnose(const DiagnoseArguments& arguments);

}  // namespace rondo
