#include "app/experiments/compare.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "app/commands/choices.h"
#include "app/commands/commands.h"
#include "app/errors.h"
#include "app/training/interrupt.h"

namespace rondo {
namespace {

struct CompareArguments {
  std::vector<std::string> variations, also;
  CompareRequest request;
  bool dry_run = false;
};

constexpr const char* kExamples = R"(Examples:
  Simple RNN, LSTM or GRU? Both sides change together:
    rondo compare translate.yaml --vary model.encoder.rnn_type+model.decoder.rnn_type=rnn,lstm,gru
  A grid of 2 x 2, three seeds each, two trainings at once:
    rondo compare classify.yaml --vary model.pooling=max,attention \
      --vary training.learning_rate=0.001,0.002 --seeds 3 --workers 2 -o runs/pooling
  The experiment as it is, and two that each change several keys:
    rondo compare translate.yaml --also 'rdrop:training.r_drop_alpha=3' \
      --also 'drops:model.encoder.dropout=0.4;model.decoder.dropout=0.4'
  How far do seeds alone spread the result?
    rondo compare translate.yaml --seeds 5

Each variant is one `rondo train`, in a folder of its own, with all it says in output.log. The same
command again goes on where it was. FOLDER gets compare.html, compare.tsv and compare.json.)";

void check_all_complete(const Comparison& comparison) {
  std::string failed;
  for (const VariantOutcome& outcome : comparison.variants) {
    for (const VariantRun& run : outcome.runs) {
      if (run.error.empty()) continue;
      failed += (failed.empty() ? "" : "; ") + run.folder.filename().string() + ": " + run.error;
    }
  }
  if (!failed.empty()) throw DataError("not every training came to its end: " + failed);
}

void compare(CompareArguments& arguments) {
  CompareRequest& request = arguments.request;
  request.variations = parse_variations(arguments.variations);
  for (const std::string& text : arguments.also) request.also.push_back(parse_variant(text));
  ComparePlan plan = plan_comparison(request);
  if (arguments.dry_run) {
    std::cout << describe(plan);
    return;
  }
  const std::string page = (plan.folder / "compare.html").string();
  const InterruptGuard guard;
  request.stop_requested = InterruptGuard::requested;
  const Comparison comparison = run_comparison(request, std::move(plan), std::cerr);
  std::cout << text_table(rows_of(comparison)) << '\n' << conclusion_of(comparison) << std::endl;
  std::cerr << "page: " << page << '\n';
  check_all_complete(comparison);
}

}  // namespace

void add_compare(CLI::App& app) {
  auto arguments = std::make_shared<CompareArguments>();
  CompareRequest& request = arguments->request;
  CLI::App* command = app.add_subcommand(
      "compare",
      "Train variants of one experiment, and say which is best and whether it is chance.");
  command->footer(kExamples);
  command->add_option("config", request.base.config, "the experiment, a YAML file")->required();
  command
      ->add_option(
          "--vary", arguments->variations,
          "KEY=VALUE,VALUE,...: every combination of several is trained; KEY+KEY=... gives "
          "both the same value")
      ->allow_extra_args(false);
  command
      ->add_option("--also", arguments->also,
                   "NAME:KEY=VALUE;KEY=VALUE: one more variant, beside the combinations")
      ->allow_extra_args(false);
  command->add_option("--set", request.base.settings, "KEY=VALUE for all of them; may be repeated")
      ->allow_extra_args(false);
  command->add_option("-o,--output", request.folder,
                      "folder of all runs (default: model_dir-compare)");
  command
      ->add_option("--seeds", request.seeds, "trainings of each variant, by seeds that follow on")
      ->capture_default_str()
      ->check(at_least(1));
  command
      ->add_option("--workers", request.workers,
                   "trainings at once; the processor's threads are divided among them")
      ->capture_default_str()
      ->check(at_least(1));
  command->add_flag("--dry-run", arguments->dry_run, "list what would be trained, and stop");
  command->callback([arguments, &app] {
    arguments->request.base.program = own_program(app.get_name());
    compare(*arguments);
  });
}

}  // namespace rondo
