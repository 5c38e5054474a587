#include "app/experiments/sweep.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/config/duration.h"
#include "app/errors.h"
#include "app/training/interrupt.h"

namespace rondo {
namespace {

struct SweepArguments {
  std::vector<std::string> keys;
  std::string search = "random", min_resource;
  SweepRequest request;
  bool dry_run = false;
};

constexpr const char* kExamples = R"(Values of a key:
  0.1,0.2,0.3       one of a list
  lin:0..0.5        a number in a range, evenly; log:1e-4..1e-2 evenly on a logarithmic scale
  int:400..3000     a whole number; ilog:16..512 on a logarithmic scale
  log:1e-4..1e-2/5  one of 5 numbers, evenly spread; what --search grid needs of a range
  KEY+KEY=...       gives both keys the same value

Search:
  grid     every combination
  random   --trials of them, drawn by --seed
  asha     random, but all begin with --min-resource of training only, and of those that reached a
           step the best of every --reduction go on: 1e, 3e, 9e, ... to training.duration

Examples:
  rondo sweep translate.yaml --key training.learning_rate=log:1e-4..1e-2 \
    --key model.encoder.dropout+model.decoder.dropout=0.1,0.2,0.3 --trials 20
  rondo sweep classify.yaml --search asha --min-resource 1e --trials 60 --workers 4 \
    --key training.learning_rate=log:1e-4..1e-2 --key training.batch_size=int:400..3000

The same command again goes on where it was. FOLDER gets sweep.html, sweep.tsv, trials.jsonl, and
the best experiment as best.yaml. The best of many trials is chosen on the development text, where
its value is optimistic: measure it on a test text.)";

SearchKind search_named(const std::string& name) {
  if (name == "grid") return SearchKind::grid;
  return name == "asha" ? SearchKind::asha : SearchKind::random;
}

void fill_request(SweepArguments& arguments) {
  SweepRequest& request = arguments.request;
  request.space = parse_space(arguments.keys);
  request.search = search_named(arguments.search);
  if (arguments.min_resource.empty()) return;
  const auto min = parse_duration(arguments.min_resource);
  if (!min || min->unit == Duration::Unit::none) {
    throw ConfigError("--min-resource " + arguments.min_resource +
                      ": expected a duration such as 1e, 500u or 10min");
  }
  request.min_resource = *min;
}

void sweep(SweepArguments& arguments) {
  SweepRequest& request = arguments.request;
  fill_request(arguments);
  Sweep planned = plan_sweep(request);
  if (arguments.dry_run) {
    std::cout << describe(planned, request);
    return;
  }
  const InterruptGuard guard;
  request.stop_requested = InterruptGuard::requested;
  const Sweep done = run_sweep(request, std::move(planned), std::cerr);
  std::cout << text_table(rows_of(done)) << '\n' << conclusion_of(done) << std::endl;
  std::cerr << "page: " << (done.folder / "sweep.html").string() << '\n';
  if (!has_best(done)) throw DataError("no trial came to a result; see output.log in each folder");
  std::cerr << "best experiment: " << (done.folder / "best.yaml").string() << '\n';
}

void add_search_options(CLI::App& command, SweepArguments& arguments) {
  SweepRequest& request = arguments.request;
  command.add_option("--search", arguments.search, "grid, random or asha")
      ->capture_default_str()
      ->check(CLI::IsMember({"grid", "random", "asha"}));
  command.add_option("--trials", request.trials, "at most, of random and asha")
      ->capture_default_str()
      ->check(at_least(1));
  command.add_option("--seed", request.seed, "of the values that are drawn")->capture_default_str();
  command.add_option("--reduction", request.reduction, "asha: of so many trials the best goes on")
      ->capture_default_str()
      ->check(at_least(2));
  command.add_option("--min-resource", arguments.min_resource,
                     "asha: training before the first choice, in the unit of training.duration "
                     "(default: the whole / reduction^2)");
}

}  // namespace

void add_sweep(CLI::App& app) {
  auto arguments = std::make_shared<SweepArguments>();
  SweepRequest& request = arguments->request;
  CLI::App* command =
      app.add_subcommand("sweep", "Search the values of some keys for the best experiment.");
  command->footer(kExamples);
  command->add_option("config", request.base.config, "the experiment, a YAML file")->required();
  command->add_option("--key", arguments->keys, "KEY=VALUES to search, see below; may be repeated")
      ->required()
      ->allow_extra_args(false);
  command->add_option("--set", request.base.settings, "KEY=VALUE for all trials; may be repeated")
      ->allow_extra_args(false);
  command->add_option("-o,--output", request.folder,
                      "folder of all trials (default: model_dir-sweep)");
  add_search_options(*command, *arguments);
  command
      ->add_option("--workers", request.workers,
                   "trainings at once; the processor's threads are divided among them")
      ->capture_default_str()
      ->check(at_least(1));
  command->add_flag("--dry-run", arguments->dry_run, "list the trials and the estimate, and stop");
  command->callback([arguments, &app] {
    arguments->request.base.program = own_program(app.get_name());
    sweep(*arguments);
  });
}

}  // namespace rondo
