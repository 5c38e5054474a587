#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/tasks/training_run.h"

namespace rondo {

struct TrainArguments {
  std::string config;
  std::vector<std::string> overrides;
  TrainRequest request;
  std::string until;
  int64_t workers = 1;  // processes on this machine
  bool verify_resume = false;
  int64_t verified_updates = 40;
};

// Trains a model as an experiment says.
void run_train(const TrainArguments& arguments);

}  // namespace rondo
