#include "app/engine/bench.h"

#include <iostream>
#include <map>

#include "app/bench/measure_cell.h"
#include "app/config/load.h"
#include "app/errors.h"
#include "app/machine/memory.h"
#include "app/machine/processor.h"
#include "app/tasks/training_run.h"
#include "app/training/libtorch_facts.h"
#include "app/training/machine_record.h"

namespace rondo {
namespace {

std::map<std::string, std::string> machine_facts() {
  const LibTorchFacts libtorch = libtorch_facts();
  const Processor processor = this_processor();
  return {{"rondo", program_version()},
          {"libtorch", libtorch.version},
          {"kernels", libtorch.kernels},
          {"processor", processor.model},
          {"cores", std::to_string(processor.usable_cores)},
          {"memory", readable_bytes(this_memory().total)}};
}

void measure_experiment(const BenchArguments& a) {
  run_training({.experiment = load_experiment(a.config, a.overrides),
                .dry_run = true,
                .measured_updates = a.updates > 0 ? static_cast<int>(a.updates) : 100});
}

void measure_table(const BenchArguments& a) {
  BenchRequest request = a.request;
  if (!a.overrides.empty()) throw ConfigError("bench: --set wants a config");
  if (request.scale && request.race) throw ConfigError("bench: --scale or --race, not both");
  request.updates = a.updates;
  request.machine = machine_facts();
  request.say = [](const std::string& line) { std::cerr << line << std::endl; };
  std::cout << run_bench(request) << std::flush;
  std::cerr << "bench: " << request.folder.string() << '\n';
}

}  // namespace

void run_bench(const BenchArguments& a) {
  if (!a.cell.empty()) return write_outcome(a.outcome, measure_cell(read_cell(a.cell)));
  if (!a.config.empty()) return measure_experiment(a);
  measure_table(a);
}

}  // namespace rondo
