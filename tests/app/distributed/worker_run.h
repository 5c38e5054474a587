#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "app/config/load.h"
#include "app/report/metrics_log.h"
#include "app/storage/atomic_file.h"
#include "app/storage/tensor_file.h"
#include "tests/app/tasks/small_text.h"

namespace rondo {

struct FinishedProgram {
  int status = 0;
  std::string messages{};
};

// A small experiment that several processes of the program train together.
class WorkerRun {
 public:
  WorkerRun() {
    experiment.training.batch_multiplier = 1;
    experiment.batching = {.batch_type = BatchType::sentence, .batch_size = 2};
    experiment.training.max_duration = {Duration::Unit::updates, 6};
    experiment.training.validation_freq = {Duration::Unit::updates, 3};
    experiment.training.logging_freq = 1;
    experiment.training.timeout = {Duration::Unit::seconds, 30};
  }

  // `rondo train` of the experiment into that folder; ` ` before more arguments.
  FinishedProgram train(const std::string& folder, const std::string& arguments) const {
    const auto at = [&](const std::string& name) { return (text.folder / name).string(); };
    Experiment own = experiment;
    own.model_dir = at(folder);
    write_file_atomically(at(folder + ".yaml"), to_yaml(own));
    const std::string command = environment + "timeout -k 5 120 " RONDO_PROGRAM " train '" +
                                at(folder + ".yaml") + "' " + arguments + " 2>'" + at("messages") +
                                "'";
    const int status = std::system(command.c_str());
    return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            .messages = read_bytes(at("messages"))};
  }

  RunHistory history(const std::string& folder) const {
    return read_metrics(text.folder / folder / "metrics.jsonl");
  }
  TensorFile checkpoint(const std::string& folder) const {
    return read_tensor_file(text.folder / folder / "latest.ckpt");
  }

  SmallText text{};
  Experiment experiment = text.experiment();
  std::string environment = "OMP_NUM_THREADS=1 ";
};

}  // namespace rondo
