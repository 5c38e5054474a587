#include "app/engine/bench.h"

#include "app/config/load.h"
#include "app/tasks/training_run.h"

namespace rondo {

void run_bench(const BenchArguments& arguments) {
  run_training({.experiment = load_experiment(arguments.config, arguments.overrides),
                .dry_run = true,
                .measured_updates = arguments.updates});
}

}  // namespace rondo
